import { type ImportField, type ImportMapping, importFields } from '../../../contract/import';
import { type AmountReading, type MarkEvidence, readAmount } from './amount';
import { cellParagraphs, cellText, type TableRow } from './table';

/** Reads the fields of a row by the mapping. Fields without a column read as blank. */
export interface RowReader {
  text(row: TableRow, field: ImportField): string;
  /** As `text`, but line breaks stay. */
  paragraphs(row: TableRow, field: ImportField): string;
  amount(row: TableRow, field: ImportField): AmountReading;
  /** Null, or what stands where it should not, or is lacking, because the row has another width. */
  misaligned(row: TableRow): { value: string } | null;
}

/** Resolves the mapping's columns against the header once; the reader then works by position. */
export function rowReader(
  columns: readonly string[],
  mapping: ImportMapping,
  evidence: MarkEvidence,
): RowReader {
  const positions = columnPositions(columns, mapping);
  const needed = Math.max(...positions.values()) + 1;
  const cell = (row: TableRow, field: ImportField) => {
    const position = positions.get(field);
    return position === undefined ? undefined : row.cells[position];
  };
  return {
    text: (row, field) => cellText(cell(row, field)),
    paragraphs: (row, field) => cellParagraphs(cell(row, field)),
    amount(row, field) {
      const found = cell(row, field);
      const percent = field === 'discountPercent' && typeof found === 'string';
      const bare = percent ? found.replace(/%\s*$/, '') : found;
      return readAmount(bare, mapping.decimalMark, evidence);
    },
    misaligned(row) {
      if (row.cells.length < needed) return { value: String(row.cells.length) };
      for (let position = columns.length; position < row.cells.length; position += 1) {
        const extra = cellText(row.cells[position]);
        if (extra !== '') return { value: extra };
      }
      return null;
    },
  };
}

/** Where each mapped field stands in the header. */
export function columnPositions(
  columns: readonly string[],
  mapping: Pick<ImportMapping, 'columns'>,
): Map<ImportField, number> {
  const positions = new Map<ImportField, number>();
  for (const field of importFields) {
    const name = mapping.columns[field];
    const position = name === undefined ? -1 : columns.indexOf(name);
    if (position >= 0) positions.set(field, position);
  }
  return positions;
}
