import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../contract/calls';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';
import { askReason } from './askReason';

type Accepted = Promise<Answer<{ accepted: number }>>;

/** What a person can do to orders; says what was done and offers to undo what can be undone. */
export function useOrderActions() {
  const { t } = useTranslation();
  const answer = useAnswer();

  async function run(pending: Accepted, told: string, undo?: () => Accepted): Promise<void> {
    const done = await answer(pending);
    if (done === null) return;
    if (done.accepted === 0) {
      notifications.show({ color: 'gray', message: t('orders.done.nothing') });
      return;
    }
    const id = notifications.show({
      color: 'teal',
      autoClose: 8_000,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{t(`orders.done.${told}`, { count: done.accepted })}</Text>
          {undo !== undefined && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                notifications.hide(id);
                void run(undo(), 'undone');
              }}
            >
              {t('common.undo')}
            </Button>
          )}
        </Group>
      ),
    });
  }

  return {
    sendNow: (ids: number[]) => run(call('orders.sendNow', { ids }), 'sendNow'),
    sendAll: (states: ('pending' | 'retrying' | 'failed')[]) =>
      run(call('orders.sendAll', { states }), 'sendNow'),
    release: (ids: number[]) => run(call('orders.release', { ids }), 'release'),
    restore: (ids: number[]) => run(call('orders.restore', { ids }), 'restore'),
    hold: (ids: number[]) =>
      askReason(t, 'hold', ids.length, (reason) =>
        run(call('orders.hold', { ids, reason }), 'hold', () => call('orders.release', { ids })),
      ),
    dismiss: (ids: number[]) =>
      askReason(t, 'dismiss', ids.length, (reason) =>
        run(call('orders.dismiss', { ids, reason }), 'dismiss', () => call('orders.restore', { ids })),
      ),
  };
}
