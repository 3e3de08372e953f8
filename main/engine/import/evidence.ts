import type { ImportMapping } from '../../../contract/import';
import { type DecimalMark, type MarkEvidence, provenMark } from './amount';
import { columnPositions } from './rowReader';
import type { Pause, TableContent } from './table';

const rowsBetweenPauses = 500;

/** Which decimal marks the amounts of the file prove (see `readAmount`). */
export async function gatherMarkEvidence(
  table: TableContent,
  mapping: Pick<ImportMapping, 'columns'>,
  pause: Pause,
): Promise<MarkEvidence> {
  const positions = columnPositions(table.columns, mapping);
  const amounts = (['quantity', 'unitPrice', 'discountPercent'] as const).flatMap(
    (field) => positions.get(field) ?? [],
  );
  return marksProven(table, amounts, pause);
}

/** Which decimal marks the amounts in these columns prove. */
export async function marksProven(
  table: TableContent,
  positions: readonly number[],
  pause: Pause,
): Promise<MarkEvidence> {
  const evidence = new Set<DecimalMark>();
  for (const [index, row] of table.rows.entries()) {
    if (index % rowsBetweenPauses === 0) await pause();
    for (const position of positions) {
      const mark = provenMark(row.cells[position]);
      if (mark !== null) evidence.add(mark);
    }
  }
  return evidence;
}
