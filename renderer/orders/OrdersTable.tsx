import { Checkbox } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderRow } from '../../contract/export';
import { ColumnHead, HeadRow } from '../ui/table/TableHead';
import { VirtualTable } from '../ui/table/VirtualTable';
import { toggled } from '../ui/toggled';
import { useNow } from '../ui/useNow';
import { cellClass } from './cellClass';
import { OrderCells } from './OrderCells';
import classes from './OrdersTable.module.css';

const columns = ['state', 'number', 'buyer', 'lines', 'total', 'confirmed', 'outcome'] as const;

export interface OrdersTableProps {
  /** Names what is listed. */
  listKey: string;
  total: number;
  rowAt: (index: number) => OrderRow | null;
  onVisible: (first: number, last: number) => void;
  selected: ReadonlySet<number>;
  onSelect: (selected: ReadonlySet<number>) => void;
  openId: number | null;
  onOpen: (id: number) => void;
}

/** The list of orders. Arrows move, Space marks, Enter opens, Ctrl+A marks every loaded row, Escape none. */
export function OrdersTable(props: OrdersTableProps) {
  const { t } = useTranslation();
  const now = useNow(15_000, true);
  const { selected, onSelect } = props;
  const toggle = (row: OrderRow) => onSelect(toggled(selected, row.id));

  function markLoaded(): void {
    const ids = new Set<number>();
    for (let index = 0; index < props.total; index += 1) {
      const row = props.rowAt(index);
      if (row !== null) ids.add(row.id);
    }
    onSelect(ids);
  }

  function onKey(event: KeyboardEvent, row: OrderRow | null): boolean {
    if (event.key === ' ' && row !== null) toggle(row);
    else if (event.key === 'Escape') onSelect(new Set());
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) markLoaded();
    else return false;
    return true;
  }

  return (
    <VirtualTable
      label={t('orders.title')}
      className={classes['columns']}
      head={
        <HeadRow>
          <div role="columnheader">
            <Checkbox
              size="xs"
              aria-label={t('orders.selectLoaded')}
              checked={selected.size > 0}
              indeterminate={selected.size > 0 && selected.size < props.total}
              onChange={(event) => (event.currentTarget.checked ? markLoaded() : onSelect(new Set()))}
            />
          </div>
          {columns.map((column) => (
            <ColumnHead key={column} className={cellClass(column)} label={t(`orders.column.${column}`)} />
          ))}
        </HeadRow>
      }
      listKey={props.listKey}
      total={props.total}
      rowAt={props.rowAt}
      rowHeight={40}
      onVisible={props.onVisible}
      onOpen={(row) => props.onOpen(row.id)}
      onKey={onKey}
      isSelected={(row) => selected.has(row.id)}
      isOpen={(row) => row.id === props.openId}
      cells={(row) => (
        <OrderCells row={row} now={now} selected={selected.has(row.id)} onToggle={() => toggle(row)} />
      )}
    />
  );
}
