import { createHash } from 'node:crypto';
import { headerKey } from '../../engine/import/mapping/columns';

/**
 * The key under which a file's mapping is remembered: the same for files with the same columns, whatever
 * their order, spelling or format, since columns are found by name.
 */
export function shapeOf(columns: readonly string[]): string {
  const keys = columns.map(headerKey).sort();
  return createHash('sha256').update(keys.join('\u001f')).digest('hex');
}
