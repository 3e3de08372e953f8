import type { Stored } from '../database';
import { fromScaled } from '../decimal';
import type { FieldDef } from '../schema/types';
import { type DelimiterName, delimiters } from './job';

/** How one column's values are written, quotes included. */
export type Cell = (stored: Stored) => string;

/** One line of CSV: every value in quotes, as the Bulk API writes them. */
export function csvLine(
  values: readonly string[],
  delimiter: DelimiterName,
  lineEnding: 'LF' | 'CRLF',
): string {
  return `${values.map(quoted).join(delimiters[delimiter])}${lineEnding === 'LF' ? '\n' : '\r\n'}`;
}

/** Writes rows of stored values as lines, a text for many at a time. */
export function rowWriter(
  cells: readonly { column: number; write: Cell }[],
  delimiter: DelimiterName,
  lineEnding: 'LF' | 'CRLF',
): (rows: readonly Stored[][]) => string {
  const between = delimiters[delimiter];
  const end = lineEnding === 'LF' ? '\n' : '\r\n';
  const [first, ...others] = cells;
  return (rows) => {
    let text = '';
    for (const row of rows) {
      text += first ? first.write(row[first.column] ?? null) : '';
      for (const { column, write } of others) text += between + write(row[column] ?? null);
      text += end;
    }
    return text;
  };
}

/** How the Bulk API writes a field: instants in UTC with a Z, amounts as Java prints a double. */
export function cellOf(field: FieldDef): Cell {
  switch (field.type) {
    case 'boolean':
      return (stored) => (stored === null ? '""' : stored === 1 ? '"true"' : '"false"');
    case 'int':
      return (stored) => (stored === null ? '""' : `"${stored}"`);
    case 'double':
    case 'currency':
    case 'percent': {
      const { scale } = field;
      return (stored) => (typeof stored === 'number' ? `"${javaDouble(fromScaled(stored, scale))}"` : '""');
    }
    case 'datetime':
      return (stored) => (typeof stored === 'string' ? `"${stored.slice(0, 23)}Z"` : '""');
    case 'id':
    case 'reference':
    case 'date':
      return (stored) => (stored === null ? '""' : `"${stored}"`);
    default:
      return (stored) => (stored === null ? '""' : quoted(String(stored)));
  }
}

export const quoted = (text: string): string =>
  text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;

/** `12.0`, and from ten millions on `1.39E8`: Salesforce's servers are written in Java (Double.toString). */
export function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
