import classes from './OrdersTable.module.css';

/** How the cells of a column stand, and whether it makes room in a narrow window. */
export function cellClass(column: string): string {
  switch (column) {
    case 'lines':
      return `${classes['number']} ${classes['roomy']}`;
    case 'total':
      return `${classes['number']}`;
    case 'confirmed':
      return `${classes['apart']} ${classes['roomy']}`;
    case 'outcome':
      return `${classes['last']}`;
    default:
      return '';
  }
}
