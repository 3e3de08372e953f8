import { useTranslation } from 'react-i18next';
import type { ImportOrder } from '../../contract/import';
import { ColumnHead, HeadRow } from '../ui/table/TableHead';
import { VirtualTable } from '../ui/table/VirtualTable';
import { PlannedCells } from './PlannedCells';
import classes from './PlannedTable.module.css';

const columns = ['number', 'buyer', 'lines', 'total', 'verdict'] as const;

const columnClasses: Partial<Record<(typeof columns)[number], string | undefined>> = {
  lines: classes['number'],
  total: classes['number'],
  verdict: classes['apart'],
};

export interface PlannedTableProps {
  total: number;
  orderAt: (index: number) => ImportOrder | null;
  onVisible: (first: number, last: number) => void;
  currency: string;
}

/** The list of orders. */
export function PlannedTable({ total, orderAt, onVisible, currency }: PlannedTableProps) {
  const { t } = useTranslation();
  return (
    <VirtualTable
      label={t('import.review.orders')}
      className={classes['columns']}
      head={
        <HeadRow>
          {columns.map((column) => (
            <ColumnHead key={column} className={columnClasses[column]} label={t(`import.column.${column}`)} />
          ))}
        </HeadRow>
      }
      total={total}
      rowAt={orderAt}
      rowHeight={54}
      grows
      onVisible={onVisible}
      cells={(order) => <PlannedCells order={order} currency={currency} />}
    />
  );
}
