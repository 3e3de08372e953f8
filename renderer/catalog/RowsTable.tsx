import { Center, Chip, Group, Loader, Paper, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Search, SearchX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeFilter, Run } from '../../contract/catalog';
import { call } from '../bridge/bridge';
import { EmptyNote } from '../ui/EmptyNote';
import { ProblemNote } from '../ui/ProblemNote';
import { useFormat } from '../ui/useFormat';
import { ExportMenu } from './ExportMenu';
import { RowCells } from './RowCells';
import classes from './RowsTable.module.css';
import { type RowsQuery, useRows } from './useRows';

const rowHeight = 36;
const columns = ['sku', 'name', 'stock', 'price', 'state'] as const;
type Sort = RowsQuery['sort'];
const sortable: Partial<Record<(typeof columns)[number], Sort>> = {
  sku: 'sku',
  name: 'name',
  stock: 'stock',
  price: 'price',
};

/** What a run changes, product by product, old and new side by side: filtered, sorted and searched. */
export function RowsTable({ run }: { run: Run }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<ChangeFilter>('all');
  const [sort, setSort] = useState<{ by: Sort; descending: boolean }>({ by: 'sku', descending: false });
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 250);
  const searchBox = useRef<HTMLInputElement>(null);
  const rows = useRows(
    { id: run.id, filter, sort: sort.by, descending: sort.descending, search },
    run.status.state,
  );
  useHotkeys([['mod+F', () => searchBox.current?.focus()]], []);

  return (
    <Stack gap="xs" flex={1} mih={220}>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Filters run={run} value={filter} onChange={setFilter} />
        <Group gap="xs" wrap="nowrap" flex="none">
          <TextInput
            ref={searchBox}
            size="xs"
            w={200}
            flex="none"
            maxLength={100}
            leftSection={<Search size={14} aria-hidden />}
            placeholder={t('catalog.rows.search')}
            aria-label={t('catalog.rows.search')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
          />
          <ExportMenu
            narrowed={filter !== 'all' || search.trim() !== ''}
            empty={rows.total === 0}
            save={(which, format) =>
              call('catalogFile.exportRows', {
                ...(which === 'all' ? { filter: 'all', search: '' } : { filter, search }),
                id: run.id,
                format,
              })
            }
          />
        </Group>
      </Group>
      {rows.problem !== null && <ProblemNote problem={rows.problem} />}
      <Paper withBorder radius="md" className={classes['frame']}>
        <div
          role="table"
          aria-label={t('catalog.rows.label')}
          aria-rowcount={(rows.total ?? 0) + 1}
          className={classes['table']}
        >
          <div role="row" aria-rowindex={1} tabIndex={-1} className={`${classes['row']} ${classes['head']}`}>
            {columns.map((column) => (
              <Head key={column} column={column} sort={sort} onSort={setSort} />
            ))}
          </div>
          {rows.total === null && rows.problem === null && (
            <Center flex={1}>
              <Loader size="sm" />
            </Center>
          )}
          {rows.total === 0 && (
            <EmptyNote icon={SearchX} title={t('catalog.rows.none')} text={t('catalog.rows.noneText')} />
          )}
          {rows.total !== null && rows.total > 0 && (
            <Body key={JSON.stringify([filter, sort, search])} total={rows.total} rows={rows} />
          )}
        </div>
      </Paper>
    </Stack>
  );
}

function Filters(props: { run: Run; value: ChangeFilter; onChange: (filter: ChangeFilter) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { summary, status } = props.run;
  const refused = 'refused' in status ? status.refused : 0;
  const counts: Partial<Record<ChangeFilter, number>> =
    summary === null
      ? {}
      : {
          all: summary.changes,
          stock: summary.stock,
          price: summary.prices,
          toZero: summary.toZero,
          fromZero: summary.fromZero,
          priceUp: summary.priceUp,
          priceDown: summary.priceDown,
        };
  const shown: ChangeFilter[] = [
    'all',
    ...(['stock', 'price', 'toZero', 'fromZero', 'priceUp', 'priceDown'] as const).filter(
      (name) => summary === null || (counts[name] ?? 0) > 0 || props.value === name,
    ),
    ...(refused > 0 ? (['refused'] as const) : []),
    ...(props.run.kind === 'undo' ? (['drifted'] as const) : []),
  ];
  return (
    <Chip.Group
      value={props.value}
      onChange={(value) => props.onChange(shown.find((one) => one === value) ?? 'all')}
    >
      <Group gap={6} role="radiogroup" aria-label={t('catalog.rows.filterLabel')}>
        {shown.map((name) => {
          const count = name === 'refused' ? refused : counts[name];
          return (
            <Chip key={name} value={name} size="xs" variant="light">
              {t(`catalog.filter.${name}`)}
              {count === undefined ? '' : ` · ${format.count(count)}`}
            </Chip>
          );
        })}
      </Group>
    </Chip.Group>
  );
}

function Head(props: {
  column: (typeof columns)[number];
  sort: { by: Sort; descending: boolean };
  onSort: (sort: { by: Sort; descending: boolean }) => void;
}) {
  const { t } = useTranslation();
  const { column, sort } = props;
  const by = sortable[column];
  const label = (
    <Text size="xs" fw={600} c="dimmed" component="span">
      {t(`catalog.column.${column}`)}
    </Text>
  );
  const isSorted = by !== undefined && sort.by === by;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      tabIndex={-1}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      {by === undefined ? (
        label
      ) : (
        <UnstyledButton
          className={classes['sort']}
          onClick={() => props.onSort({ by, descending: isSorted ? !sort.descending : false })}
        >
          {label}
          {isSorted && <Arrow size={12} aria-hidden />}
        </UnstyledButton>
      )}
    </span>
  );
}

function Body({ total, rows }: { total: number; rows: ReturnType<typeof useRows> }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { show } = rows;
  useEffect(() => show(first, last), [show, first, last]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the list can be scrolled with the keys
    <div ref={scroller} role="rowgroup" tabIndex={0} className={classes['body']}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => {
          const row = rows.rowAt(item.index);
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              tabIndex={-1}
              className={classes['row']}
              style={{ position: 'absolute', transform: `translateY(${item.start}px)`, height: rowHeight }}
            >
              {row !== null && <RowCells row={row} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
