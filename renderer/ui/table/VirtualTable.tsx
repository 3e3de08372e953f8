import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Table.module.css';
import { TableRows, type TableRowsProps } from './TableRows';

export interface VirtualTableProps<Row> extends Omit<TableRowsProps<Row>, 'total' | 'headLines'> {
  label: string;
  /** Sets `--table-columns` and what else the list decides for itself (Table.module.css). */
  className: string | undefined;
  /** The lines of the head, each a `HeadRow`. */
  head: ReactNode;
  headLines?: number;
  /** Null until it is known. */
  total: number | null;
  /** Names what is listed: another list begins at its top. */
  listKey?: string;
  /** What stands below the head where there are no rows. */
  empty?: ReactNode;
}

/**
 * A list as a table, of any length: only the rows on screen are drawn. With `onOpen` it is one stop of the Tab
 * key and takes the keys for all its rows: arrows move, Enter opens.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, className, head, headLines = 1, total, listKey, empty, ...rows } = props;
  return (
    <Paper withBorder radius="md" className={classes['frame']}>
      <div
        role="table"
        aria-label={label}
        aria-rowcount={(total ?? 0) + headLines}
        className={`${classes['table']} ${className}`}
      >
        <div role="rowgroup" className={classes['head']}>
          {head}
        </div>
        {total === null || total === 0 ? (
          empty
        ) : (
          <TableRows key={listKey} total={total} headLines={headLines} {...rows} />
        )}
      </div>
    </Paper>
  );
}
