import { Badge, Group, Text, Tooltip } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RowState, RunRow, ValueChange } from '../../contract/catalog';
import type { Format } from '../ui/format';
import { useFormat } from '../ui/useFormat';
import { Lists } from './Lists';

const colours: Record<RowState, string> = {
  pending: 'gray',
  applied: 'teal',
  refused: 'red',
  superseded: 'gray',
  drifted: 'orange',
};

/** One product of a run. `isUnsure`: it was sent by itself, and never answered. */
export function RowCells({ row, isUnsure }: { row: RunRow; isUnsure: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" role="cell" truncate data-selectable title={row.sku}>
        {row.sku}
      </Text>
      <Text size="sm" role="cell" truncate title={row.name}>
        {row.name}
      </Text>
      <div role="cell">
        <StockChange change={row.stock} />
      </div>
      <div role="cell">
        <Group gap={6} wrap="nowrap">
          <PriceChange change={row.price} />
          <Lists lists={row.lists} size="sm" />
        </Group>
      </div>
      <div role="cell">
        {isUnsure && row.state === 'pending' ? (
          <Badge size="sm" variant="light" color="orange" tt="none">
            {t('catalog.state.unsure')}
          </Badge>
        ) : (
          <RowStateBadge row={row} />
        )}
      </div>
    </>
  );
}

/** Where a row stands; why the store would not have it is told when it is pointed at. */
export function RowStateBadge({ row }: { row: RunRow }) {
  const { t } = useTranslation();
  return (
    <Tooltip
      label={row.refusal === null ? '' : refusalText(t, row.refusal)}
      disabled={row.refusal === null}
      multiline
      maw={320}
    >
      <Badge size="sm" variant="light" color={colours[row.state]} tt="none">
        {row.refusal === null ? t(`catalog.rowState.${row.state}`) : t(`catalog.refusal.${row.refusal.code}`)}
      </Badge>
    </Tooltip>
  );
}

function refusalText(
  t: ReturnType<typeof useTranslation>['t'],
  refusal: NonNullable<RunRow['refusal']>,
): string {
  const said = refusal.message === '' ? '' : ` ${t('catalog.storeSays', { message: refusal.message })}`;
  return `${t(`catalog.refusal.${refusal.code}`)}.${said}`;
}

export function StockChange({ change }: { change: ValueChange | null }) {
  return <Change change={change} write={useFormat().decimal} />;
}

export function PriceChange({ change }: { change: ValueChange | null }) {
  return <Change change={change} write={useFormat().price} />;
}

/** A value before and after. */
function Change({ change, write }: { change: ValueChange | null; write: Format['decimal'] }) {
  const { t } = useTranslation();
  if (change === null)
    return (
      <Text size="sm" c="dimmed">
        {t('catalog.unchanged')}
      </Text>
    );
  return (
    <Group gap={4} wrap="nowrap">
      <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {change.old === null ? t('catalog.blank') : write(change.old)}
      </Text>
      <ArrowRight size={12} aria-label={t('catalog.becomes')} />
      <Text
        size="sm"
        fw={600}
        style={{ fontVariantNumeric: 'tabular-nums' }}
        {...(change.new === '0' ? { c: 'orange' } : {})}
      >
        {write(change.new)}
      </Text>
    </Group>
  );
}
