import { Paper, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLine } from '../../contract/status';
import { useNow } from '../ui/useNow';
import { LogCells } from './LogCells';
import classes from './LogTable.module.css';

/** An entry of one line; the real heights are measured as entries are drawn. */
const usualHeight = 37;
const columns = ['level', 'when', 'event', 'order'] as const;

export interface LogTableProps {
  total: number;
  entryAt: (index: number) => LogLine | null;
  onVisible: (first: number, last: number) => void;
  onOpenOrder: (id: number) => void;
  /** Orders marked for another try. */
  marked: ReadonlySet<number>;
  onMark: (orders: ReadonlySet<number>) => void;
}

/** The list of entries: only those on screen are drawn. */
export function LogTable({ total, entryAt, onVisible, onOpenOrder, marked, onMark }: LogTableProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const today = new Date(useNow(60_000, true)).toDateString();
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => entryAt(index)?.id ?? -index - 1,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const first = virtualizer.range?.startIndex ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onVisible(first, last), [onVisible, first, last]);

  return (
    <Paper withBorder radius="md" className={classes['frame']}>
      <div role="table" aria-label={t('log.title')} aria-rowcount={total + 1} className={classes['table']}>
        <div role="row" aria-rowindex={1} tabIndex={-1} className={`${classes['row']} ${classes['head']}`}>
          <span role="columnheader" tabIndex={-1} aria-label={t('log.retry.column')} />
          {columns.map((column) => (
            <Text key={column} role="columnheader" size="xs" fw={600} c="dimmed">
              {t(`log.column.${column}`)}
            </Text>
          ))}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the list can be scrolled with the keys */}
        <div ref={scroller} role="rowgroup" tabIndex={0} className={classes['body']}>
          <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
            {items.map((item) => {
              const entry = entryAt(item.index);
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
                  {entry !== null && (
                    <LogCells
                      entry={entry}
                      today={today}
                      open={open.has(entry.id)}
                      onToggle={() => setOpen(toggled(open, entry.id))}
                      onOpenOrder={onOpenOrder}
                      marked={entry.orderId !== null && marked.has(entry.orderId)}
                      onMark={(orderId) => onMark(toggled(marked, orderId))}
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

function toggled(ids: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
