import classes from './OrdersTable.module.css';

/** Columns whose cells are numbers, and those that make room in a narrow window. */
export const cellClass = (column: string): string =>
  [
    column === 'lines' || column === 'total' ? classes['number'] : '',
    column === 'lines' || column === 'confirmed' ? classes['roomy'] : '',
  ].join(' ');
