import { Checkbox, Paper, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderRow } from '../../contract/export';
import { useNow } from '../ui/useNow';
import { cellClass } from './cellClass';
import { OrderCells } from './OrderCells';
import classes from './OrdersTable.module.css';

const rowHeight = 40;
const columns = ['state', 'number', 'buyer', 'lines', 'total', 'confirmed', 'outcome'] as const;

export interface OrdersTableProps {
  total: number;
  rowAt: (index: number) => OrderRow | null;
  onVisible: (first: number, last: number) => void;
  selected: ReadonlySet<number>;
  onSelect: (selected: ReadonlySet<number>) => void;
  openId: number | null;
  onOpen: (id: number) => void;
}

/**
 * The list of orders: only the rows on screen are drawn. Arrows move, Space marks, Enter opens, Ctrl+A
 * marks every loaded row.
 */
export function OrdersTable(props: OrdersTableProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const now = useNow(15_000, true);
  const virtualizer = useVirtualizer({
    count: props.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { onVisible } = props;
  useEffect(() => onVisible(first, last), [onVisible, first, last]);

  function moveTo(index: number): void {
    const bounded = Math.max(0, Math.min(props.total - 1, index));
    setActive(bounded);
    virtualizer.scrollToIndex(bounded);
  }

  function toggle(row: OrderRow): void {
    const next = new Set(props.selected);
    if (!next.delete(row.id)) next.add(row.id);
    props.onSelect(next);
  }

  function markLoaded(): void {
    const ids = new Set<number>();
    for (let index = 0; index < props.total; index += 1) {
      const row = props.rowAt(index);
      if (row !== null) ids.add(row.id);
    }
    props.onSelect(ids);
  }

  function onKey(event: KeyboardEvent): void {
    const page = Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1;
    const target = targetOf(event.key, active, page, props.total);
    const row = props.rowAt(active);
    if (target !== null) moveTo(target);
    else if (event.key === 'Enter' && row !== null) props.onOpen(row.id);
    else if (event.key === ' ' && row !== null) toggle(row);
    else if (event.key === 'Escape') props.onSelect(new Set());
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) markLoaded();
    else return;
    event.preventDefault();
  }

  return (
    <Paper withBorder radius="md" className={classes['frame']}>
      <div
        role="table"
        aria-label={t('orders.title')}
        aria-rowcount={props.total + 1}
        className={classes['table']}
      >
        <div role="row" className={`${classes['row']} ${classes['head']}`} aria-rowindex={1} tabIndex={-1}>
          <span role="columnheader" tabIndex={-1}>
            <Checkbox
              size="xs"
              aria-label={t('orders.selectLoaded')}
              checked={props.selected.size > 0}
              indeterminate={props.selected.size > 0 && props.selected.size < props.total}
              onChange={(event) => (event.currentTarget.checked ? markLoaded() : props.onSelect(new Set()))}
            />
          </span>
          {columns.map((column) => (
            <span key={column} role="columnheader" tabIndex={-1} className={cellClass(column)}>
              <Text size="xs" fw={600} c="dimmed">
                {t(`orders.column.${column}`)}
              </Text>
            </span>
          ))}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list takes the keys for all its rows */}
        <div ref={scroller} className={classes['body']} role="rowgroup" tabIndex={0} onKeyDown={onKey}>
          <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
            {items.map((item) => {
              const row = props.rowAt(item.index);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the list
                <div
                  key={item.key}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-selected={row !== null && props.selected.has(row.id)}
                  data-active={item.index === active || undefined}
                  data-open={(row !== null && row.id === props.openId) || undefined}
                  className={classes['row']}
                  style={{
                    position: 'absolute',
                    transform: `translateY(${item.start}px)`,
                    height: rowHeight,
                  }}
                  onClick={() => {
                    setActive(item.index);
                    if (row !== null) props.onOpen(row.id);
                  }}
                >
                  {row !== null && (
                    <OrderCells
                      row={row}
                      now={now}
                      selected={props.selected.has(row.id)}
                      onToggle={() => toggle(row)}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </Paper>
  );
}

/** Where a key moves to in the list, or null when it does not move. */
function targetOf(key: string, active: number, page: number, total: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
