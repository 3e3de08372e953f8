import { Chip, Group, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeFilter, Run } from '../../contract/catalog';
import { call } from '../bridge/bridge';
import { ProblemNote } from '../ui/ProblemNote';
import { SearchBox } from '../ui/SearchBox';
import { ColumnHead, directionOf, HeadRow } from '../ui/table/TableHead';
import { VirtualTable } from '../ui/table/VirtualTable';
import { useFormat } from '../ui/useFormat';
import { ExportMenu } from './ExportMenu';
import { NoRows } from './NoRows';
import { RowCells } from './RowCells';
import classes from './RowsTable.module.css';
import { runState } from './runState';
import { type RowsQuery, useRows } from './useRows';

type Sort = RowsQuery['sort'];
const sorts = ['sku', 'name', 'stock', 'price'] as const satisfies readonly Sort[];

/** What a run changes, product by product, old and new side by side: filtered, sorted and searched. */
export function RowsTable({ run }: { run: Run }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<ChangeFilter>('all');
  const [sort, setSort] = useState<{ by: Sort; descending: boolean }>({ by: 'sku', descending: false });
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 250);
  const rows = useRows(
    { id: run.id, filter, sort: sort.by, descending: sort.descending, search },
    run.status.state,
  );

  return (
    <Stack gap="xs" flex={1} mih={220}>
      <Group gap="xs">
        <Filters run={run} value={filter} onChange={setFilter} />
        <Group gap="xs" wrap="nowrap" flex="none" ml="auto">
          <SearchBox label={t('catalog.rows.search')} value={typed} onChange={setTyped} />
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
      <VirtualTable
        label={t('catalog.rows.label')}
        className={classes['columns']}
        head={<Head sort={sort} onSort={setSort} />}
        listKey={JSON.stringify([filter, sort, search])}
        total={rows.total}
        empty={<NoRows rows={rows} />}
        rowAt={rows.rowAt}
        rowHeight={36}
        onVisible={rows.show}
        cells={(row) => <RowCells row={row} isUnsure={runState(run) === 'unsure'} />}
      />
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

interface HeadProps {
  sort: { by: Sort; descending: boolean };
  onSort: (sort: HeadProps['sort']) => void;
}

function Head({ sort, onSort }: HeadProps) {
  const { t } = useTranslation();
  return (
    <HeadRow>
      {sorts.map((by) => {
        const isSorted = sort.by === by;
        return (
          <ColumnHead
            key={by}
            label={t(`catalog.column.${by}`)}
            sorted={isSorted ? directionOf(sort.descending) : null}
            onSort={() => onSort({ by, descending: isSorted && !sort.descending })}
          />
        );
      })}
      <ColumnHead label={t('catalog.column.state')} />
    </HeadRow>
  );
}
