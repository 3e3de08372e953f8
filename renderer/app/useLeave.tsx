import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Screen } from './Screens';

/** Goes to another screen; what has not been saved on this one is asked about first. */
export function useLeave(
  screen: Screen,
  dirty: boolean,
  onScreen: (screen: Screen) => void,
): (next: Screen) => void {
  const { t } = useTranslation();
  return useCallback(
    (next) => {
      if (!dirty || next.name === screen.name) {
        onScreen(next);
        return;
      }
      modals.openConfirmModal({
        title: t('common.unsaved.title'),
        children: <Text size="sm">{t('common.unsaved.text')}</Text>,
        labels: { confirm: t('common.unsaved.leave'), cancel: t('common.unsaved.stay') },
        confirmProps: { color: 'red' },
        onConfirm: () => onScreen(next),
      });
    },
    [t, dirty, screen.name, onScreen],
  );
}
