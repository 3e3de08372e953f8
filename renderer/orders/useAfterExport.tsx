import { Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Answer, CallOutput } from '../../contract/calls';
import type { OrderDetail } from '../../contract/export';
import type { Problem } from '../../contract/problem';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';
import { useProblemText } from '../ui/useProblem';

type AfterExport = Promise<Answer<CallOutput<'orders.undo'>>>;

/** What a person can do to an order that is in the org, each with its consequences said beforehand. */
export function useAfterExport() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const problemText = useProblemText();

  function confirm(options: { title: string; lines: string[]; button: string; onConfirm: () => void }): void {
    modals.openConfirmModal({
      title: options.title,
      children: (
        <Stack gap="xs">
          {options.lines.map((line) => (
            <Text key={line} size="sm">
              {line}
            </Text>
          ))}
        </Stack>
      ),
      labels: { confirm: options.button, cancel: t('common.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: options.onConfirm,
    });
  }

  /** Where people have worked on the order in the org, they are told what would be lost, and asked. */
  async function run(
    work: (overwrite: boolean) => AfterExport,
    told: string,
    overwrite = false,
  ): Promise<void> {
    const done = await answer(work(overwrite));
    if (done === null) return;
    if (done.kind === 'done') {
      notifications.show({ color: 'teal', message: told });
      return;
    }
    const [first] = done.problems;
    if (first === undefined) return;
    const { title, action } = problemText(first);
    if (isEditedInOrg(done.problems))
      confirm({
        title,
        lines: [action],
        button: t('orders.change.overwrite'),
        onConfirm: () => void run(work, told, true),
      });
    else notifications.show({ color: 'red', title, message: action, autoClose: 10_000 });
  }

  return {
    undo({ id, number, status }: OrderDetail): void {
      if (status.state !== 'exported') return;
      confirm({
        title: t('orders.undo.title', { number: status.orgNumber ?? number }),
        lines: [
          t('orders.undo.text'),
          ...(status.buyerMade ? [t('orders.undo.buyerStays')] : []),
          t('orders.undo.afterwards'),
        ],
        button: t('orders.action.undo'),
        onConfirm: () =>
          void run((overwrite) => call('orders.undo', { id, overwrite }), t('orders.undo.done')),
      });
    },

    sendChange(id: number, kind: 'edited' | 'cancelled'): void {
      confirm({
        title: t(`orders.change.send.${kind}`),
        lines: [t(`orders.change.sendText.${kind}`)],
        button: t(`orders.change.send.${kind}`),
        onConfirm: () =>
          void run(
            (overwrite) => call('orders.sendChange', { id, overwrite }),
            t(`orders.change.done.${kind}`),
          ),
      });
    },

    async markSeen(id: number): Promise<void> {
      await answer(call('orders.markSeen', { ids: [id] }));
    },
  };
}

const isEditedInOrg = (problems: readonly Problem[]): boolean =>
  problems.every(({ code }) => code === 'order.editedInOrg');
