import { Badge, Checkbox, Group, Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderRow } from '../../contract/export';
import { useFormat } from '../ui/useFormat';
import { useProblemText } from '../ui/useProblem';
import { cellClass } from './cellClass';
import { StateBadge } from './StateBadge';
import { useReasonText } from './useReasonText';

/** From then on a date says more than a number of days. */
const weekMs = 7 * 24 * 3_600_000;

export interface OrderCellsProps {
  row: OrderRow;
  now: number;
  selected: boolean;
  onToggle: () => void;
}

/** The cells of one order in the list. */
export function OrderCells({ row, now, selected, onToggle }: OrderCellsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const confirmed = row.confirmedAt ?? row.receivedAt;
  // An order that came in since `now` was taken has not been confirmed in the future.
  const since = Math.min(new Date(confirmed).getTime(), now);
  return (
    <>
      <span role="cell" data-own-clicks>
        <Checkbox
          size="xs"
          tabIndex={-1}
          checked={selected}
          onChange={onToggle}
          aria-label={t('orders.select', { number: row.number })}
        />
      </span>
      <Cell column="state">
        <StateBadge state={row.status.state} />
      </Cell>
      <Cell column="number">
        <Text size="sm" fw={600} truncate>
          {row.number}
        </Text>
      </Cell>
      <Cell column="buyer">
        <Text size="sm" truncate title={row.buyerName}>
          {row.buyerName || '—'}
        </Text>
      </Cell>
      <Cell column="lines">
        <Text size="sm">{format.count(row.lineCount)}</Text>
      </Cell>
      <Cell column="total">
        <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums' }} truncate>
          {row.total === null || row.currency === null ? '—' : format.amount(row.total, row.currency)}
        </Text>
      </Cell>
      <Cell column="confirmed">
        <Tooltip label={format.exact(confirmed)}>
          <Text size="sm" c="dimmed" truncate>
            {now - since < weekMs ? format.relative(since, now) : format.dateTime(confirmed)}
          </Text>
        </Tooltip>
      </Cell>
      <Cell column="outcome">
        <Outcome row={row} now={now} />
      </Cell>
    </>
  );
}

function Cell({ column, children }: { column: string; children: ReactNode }) {
  return (
    <span role="cell" className={cellClass(column)}>
      {children}
    </span>
  );
}

/** In short: the org's number, or why the order is not there yet. */
function Outcome({ row, now }: { row: OrderRow; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const problemText = useProblemText();
  const reasonText = useReasonText();
  const { status } = row;
  switch (status.state) {
    case 'exported':
      return (
        <Group gap={6} wrap="nowrap">
          <Text size="sm" truncate>
            {t('orders.inOrg', { number: status.orgNumber ?? status.orgId })}
          </Text>
          {row.change !== null && (
            <Badge size="xs" color="orange" variant="light" flex="none">
              {t(`orders.change.badge.${row.change}`)}
            </Badge>
          )}
        </Group>
      );
    case 'failed': {
      const [first] = status.problems;
      const title = first === undefined ? '' : problemText(first).title;
      return (
        <Text size="sm" c="red" truncate title={title}>
          {title}
        </Text>
      );
    }
    case 'retrying':
    case 'unknown': {
      const { title } = problemText(status.problem);
      const when = format.relative(Math.max(status.nextTryAt, now), now);
      return (
        <Text size="sm" c="dimmed" truncate title={title}>
          {t('orders.nextTry', { when, reason: title })}
        </Text>
      );
    }
    case 'held':
    case 'dismissed':
      return (
        <Text size="sm" c="dimmed" truncate title={reasonText(status)}>
          {reasonText(status)}
        </Text>
      );
    case 'pending':
    case 'sending':
      return null;
  }
}
