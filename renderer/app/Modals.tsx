import { ModalsProvider } from '@mantine/modals';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Questions in front of the window. Their close buttons have a name, which Mantine leaves to the program. */
export function Modals({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <ModalsProvider modalProps={{ closeButtonProps: { 'aria-label': t('common.close') } }}>
      {children}
    </ModalsProvider>
  );
}
