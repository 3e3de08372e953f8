import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Saving } from '../../contract/saving';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';
import { useAnswer } from '../ui/useAnswer';
import { useFormat } from '../ui/useFormat';

/** Files that take a while to be saved, in the corner of whichever screen is open: how far they are, and how to stop one. */
export function SavingToasts() {
  const shown = useRef(new Set<number>());

  useEvent('saving.changed', ({ savings }) => {
    for (const saving of savings) {
      const toast = {
        id: toastOf(saving.id),
        message: <SavingNote saving={saving} />,
        color: 'blue',
        autoClose: false,
        withCloseButton: false,
      };
      if (shown.current.has(saving.id)) notifications.update(toast);
      else notifications.show(toast);
      shown.current.add(saving.id);
    }
    for (const id of shown.current) {
      if (savings.some((saving) => saving.id === id)) continue;
      notifications.hide(toastOf(id));
      shown.current.delete(id);
    }
  });

  return null;
}

const toastOf = (id: number): string => `saving-${id}`;

function SavingNote({ saving: { id, name, rows, total } }: { saving: Saving }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answered = useAnswer();
  const [stopping, setStopping] = useState(false);

  async function stop(): Promise<void> {
    setStopping(true);
    const answer = await answered(call('saving.cancel', { id }));
    if (answer?.cancelled)
      notifications.show({ color: 'gray', message: t('common.saving.cancelled', { name }) });
  }

  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {t('common.saving.title', { name })}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          flex="none"
          loading={stopping}
          leftSection={<X size={14} aria-hidden />}
          onClick={() => void stop()}
        >
          {t('common.cancel')}
        </Button>
      </Group>
      <Progress
        size="sm"
        aria-label={t('common.saving.title', { name })}
        animated={total === null}
        striped={total === null}
        value={total === null || total === 0 ? 100 : Math.min(100, (100 * rows) / total)}
      />
      <Text size="xs" c="dimmed">
        {total === null
          ? t('common.saving.rows', { count: rows, rows: format.count(rows) })
          : t('common.saving.rowsOf', { count: total, rows: format.count(rows), total: format.count(total) })}
      </Text>
    </Stack>
  );
}
