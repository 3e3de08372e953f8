import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OrderDetail } from '../../contract/export';
import { ProblemNote } from '../ui/ProblemNote';
import { useFormat } from '../ui/useFormat';
import { useNow } from '../ui/useNow';
import { stateLooks } from './orderStates';
import { useReasonText } from './useReasonText';

/** Where the order stands, in a sentence, and what to do if anything is to be done. */
export function StateNote({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status } = detail;
  const reasonText = useReasonText();
  const now = useNow(1000, status.state === 'retrying' || status.state === 'unknown');
  if (status.state === 'failed')
    return (
      <Stack gap="xs">
        {status.problems.map((problem) => (
          <ProblemNote key={JSON.stringify(problem)} problem={problem} />
        ))}
      </Stack>
    );
  if (status.state === 'retrying' || status.state === 'unknown')
    return (
      <Stack gap="xs">
        <ProblemNote problem={status.problem} color="yellow" />
        <Text size="sm">
          {t(`orders.sentence.${status.state}`, {
            when: format.relative(Math.max(status.nextTryAt, now), now),
            count: status.tries,
          })}
        </Text>
      </Stack>
    );
  const { icon: Icon, color } = stateLooks[status.state];
  const params =
    status.state === 'exported'
      ? { number: status.orgNumber ?? status.orgId, when: format.dateTime(status.exportedAt) }
      : status.state === 'held' || status.state === 'dismissed'
        ? { reason: reasonText(status) || '—', when: format.dateTime(status.since) }
        : {};
  return (
    <Alert variant="light" color={color} icon={<Icon size={18} aria-hidden />}>
      <Text size="sm">{t(`orders.sentence.${status.state}`, params)}</Text>
    </Alert>
  );
}
