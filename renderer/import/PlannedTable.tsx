import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOrder } from '../../contract/import';
import classes from './Import.module.css';
import { PlannedCells } from './PlannedCells';

/** An order without anything to say of it; the real heights are measured as rows are drawn. */
const usualHeight = 54;
const columns = ['number', 'buyer', 'lines', 'total', 'verdict'] as const;

export interface PlannedTableProps {
  total: number;
  orderAt: (index: number) => ImportOrder | null;
  onVisible: (first: number, last: number) => void;
  currency: string;
}

/** The list of orders: only those on screen are drawn. */
export function PlannedTable({ total, orderAt, onVisible, currency }: PlannedTableProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onVisible(first, last), [onVisible, first, last]);

  return (
    <div
      role="table"
      aria-label={t('import.review.orders')}
      aria-rowcount={total + 1}
      className={classes['list']}
    >
      <div role="row" aria-rowindex={1} tabIndex={-1} className={`${classes['row']} ${classes['head']}`}>
        {columns.map((column) => (
          <Text
            key={column}
            role="columnheader"
            size="xs"
            fw={600}
            c="dimmed"
            className={column === 'lines' || column === 'total' ? (classes['number'] ?? '') : ''}
          >
            {t(`import.column.${column}`)}
          </Text>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the list can be scrolled with the keys */}
      <div ref={scroller} role="rowgroup" tabIndex={0} className={classes['body']}>
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
          {items.map((item) => {
            const order = orderAt(item.index);
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                tabIndex={-1}
                className={classes['row']}
                style={{
                  position: 'absolute',
                  transform: `translateY(${item.start}px)`,
                  minHeight: usualHeight,
                }}
              >
                {order !== null && <PlannedCells order={order} currency={currency} />}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
