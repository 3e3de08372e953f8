import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLine } from '../../contract/status';
import { ColumnHead, HeadRow } from '../ui/table/TableHead';
import { VirtualTable } from '../ui/table/VirtualTable';
import { toggled } from '../ui/toggled';
import { useNow } from '../ui/useNow';
import { LogCells } from './LogCells';
import classes from './LogTable.module.css';

const columns = ['level', 'when', 'event', 'order'] as const;
const idOf = (entry: LogLine): number => entry.id;

export interface LogTableProps {
  total: number;
  entryAt: (index: number) => LogLine | null;
  onVisible: (first: number, last: number, firstInSight: number) => void;
  onOpenOrder: (id: number) => void;
  /** Orders marked for another try. */
  marked: ReadonlySet<number>;
  onMark: (orders: ReadonlySet<number>) => void;
}

/** The list of entries. */
export function LogTable({ total, entryAt, onVisible, onOpenOrder, marked, onMark }: LogTableProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const today = new Date(useNow(60_000, true)).toDateString();

  return (
    <VirtualTable
      label={t('log.title')}
      className={classes['columns']}
      head={
        <HeadRow>
          <ColumnHead label={t('log.retry.column')} isHidden />
          {columns.map((column) => (
            <ColumnHead key={column} label={t(`log.column.${column}`)} />
          ))}
        </HeadRow>
      }
      total={total}
      rowAt={entryAt}
      rowHeight={37}
      grows
      keyOf={idOf}
      onVisible={onVisible}
      cells={(entry) => (
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
    />
  );
}
