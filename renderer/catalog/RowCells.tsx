import { Badge, Group, Text, Tooltip } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RowState, RunRow, ValueChange } from '../../contract/catalog';
import { useFormat } from '../ui/useFormat';

const colours: Record<RowState, string> = {
  pending: 'gray',
  applied: 'teal',
  refused: 'red',
  superseded: 'gray',
  drifted: 'orange',
};

/** One product of a run. */
export function RowCells({ row }: { row: RunRow }) {
  return (
    <>
      <Text size="sm" role="cell" truncate data-selectable>
        {row.sku}
      </Text>
      <Text size="sm" role="cell" truncate title={row.name}>
        {row.name}
      </Text>
      <div role="cell">
        <Change change={row.stock} />
      </div>
      <div role="cell">
        <Group gap={6} wrap="nowrap">
          <Change change={row.price} />
          {row.lists.length > 0 && <Lists row={row} />}
        </Group>
      </div>
      <div role="cell">
        <RowStateBadge row={row} />
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

/** A value before and after. */
export function Change({ change }: { change: ValueChange | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (change === null)
    return (
      <Text size="sm" c="dimmed">
        {t('catalog.unchanged')}
      </Text>
    );
  return (
    <Group gap={4} wrap="nowrap">
      <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {change.old === null ? t('catalog.blank') : format.decimal(change.old)}
      </Text>
      <ArrowRight size={12} aria-label={t('catalog.becomes')} />
      <Text
        size="sm"
        fw={600}
        style={{ fontVariantNumeric: 'tabular-nums' }}
        {...(change.new === '0' ? { c: 'orange.8' } : {})}
      >
        {format.decimal(change.new)}
      </Text>
    </Group>
  );
}

/** The prices of further lists before and after. */
export function Lists({ row }: { row: RunRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = row.lists.map((one) =>
    t('catalog.listChange', {
      list: one.list,
      old: one.old === null ? t('catalog.blank') : format.decimal(one.old),
      new: format.decimal(one.new),
    }),
  );
  return (
    <Tooltip label={lines.join('\n')} multiline style={{ whiteSpace: 'pre-line' }}>
      <Badge size="sm" variant="default" tt="none">
        {t('catalog.lists', { count: row.lists.length })}
      </Badge>
    </Tooltip>
  );
}
