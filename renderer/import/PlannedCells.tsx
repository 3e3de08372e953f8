import { Group, Stack, Text } from '@mantine/core';
import { CircleCheck, CircleMinus, CircleSlash, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ImportOrder } from '../../contract/import';
import { useFormat } from '../ui/useFormat';
import classes from './PlannedTable.module.css';
import { byReason, useReasonText } from './reasons';

const looks: Record<ImportOrder['verdict'], { icon: LucideIcon; color: string }> = {
  import: { icon: CircleCheck, color: 'teal' },
  leaveOut: { icon: CircleSlash, color: 'red' },
  alreadyKnown: { icon: CircleMinus, color: 'dimmed' },
};

/** One order of the file, what becomes of it, and why. */
export function PlannedCells({ order, currency }: { order: ImportOrder; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { icon: Icon, color } = looks[order.verdict];
  return (
    <>
      <div role="cell" className={classes['finding']} data-selectable>
        <Text size="sm" fw={600}>
          {order.number === '' ? '—' : order.number}
        </Text>
        <Text size="xs" c="dimmed">
          {order.confirmedAt === null ? '—' : format.dateTime(wallClock(order.confirmedAt))}
        </Text>
      </div>
      <Text role="cell" size="sm" truncate title={order.buyer}>
        {order.buyer === '' ? '—' : order.buyer}
      </Text>
      <Text role="cell" size="sm" className={classes['number'] ?? ''}>
        {format.count(order.lineCount)}
      </Text>
      <Text role="cell" size="sm" className={classes['number'] ?? ''}>
        {order.total === null ? '—' : format.amount(order.total, currency)}
      </Text>
      <Group role="cell" gap={6} wrap="nowrap" align="flex-start" className={classes['apart'] ?? ''}>
        <Text component="span" c={color} lh={0} pt={2}>
          <Icon size={16} aria-hidden />
        </Text>
        <Stack gap={2} className={classes['finding'] ?? ''}>
          <Text size="sm">{t(`import.verdict.${order.verdict}`)}</Text>
          <Findings order={order} />
        </Stack>
      </Group>
    </>
  );
}

function Findings({ order }: { order: ImportOrder }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  switch (order.verdict) {
    case 'alreadyKnown':
      // That it is already known is the verdict, and needs no second sentence.
      return null;
    case 'leaveOut':
      return byReason(order.reasons).map((group) => <Finding key={group.reason} text={reasonText(group)} />);
    case 'import':
      return order.remarks.map((remark) => <Finding key={remark} text={t(`import.remark.${remark}`)} />);
  }
}

const Finding = ({ text }: { text: string }) => (
  <Text size="xs" c="dimmed">
    {text}
  </Text>
);

/** The time as the file has it, whatever zone this computer is in. */
const wallClock = (instant: string): string => instant.slice(0, 19);
