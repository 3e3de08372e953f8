export const delimiters = [';', ',', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

const sampleRecords = 30;

/**
 * Finds what separates the cells, from the beginning of a text: the candidate that cuts the most records
 * into as many cells as the widest one has, and at least into two. A comma where none does.
 */
export function sniffDelimiter(head: string): Delimiter {
  const declared = declaredDelimiter(head);
  if (declared !== null) return declared.delimiter;
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const score = regularity(cellCounts(head, delimiter));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** The `sep=;` line that spreadsheets understand and do not show, with its length including the line break. */
export function declaredDelimiter(head: string): { delimiter: Delimiter; length: number } | null {
  const match = /^sep=(.)(?:\r\n|\r|\n)/i.exec(head);
  const delimiter = delimiters.find((one) => one === match?.[1]);
  return match === null || delimiter === undefined ? null : { delimiter, length: match[0].length };
}

/** Share of records of the most common width, weighed by that width; 0 if that is one cell. */
function regularity(counts: readonly number[]): number {
  const uses = new Map<number, number>();
  for (const count of counts) uses.set(count, (uses.get(count) ?? 0) + 1);
  let score = 0;
  for (const [width, records] of uses) {
    if (width > 1) score = Math.max(score, (records / counts.length) ** 2 * Math.log2(width + 1));
  }
  return score;
}

/** Cells of the first records that are not blank. Quoted cells are taken as one word, whatever is in them. */
function cellCounts(head: string, delimiter: Delimiter): number[] {
  const records = head.replace(/(^|[;,\t|\r\n])"(?:[^"]|"")*"/g, '$1q').split(/[\r\n]+/);
  // The last record may have been cut where the head ends.
  const whole = records.length > 1 ? records.slice(0, -1) : records;
  return whole
    .filter((record) => record.trim() !== '')
    .slice(0, sampleRecords)
    .map((record) => record.split(delimiter).length);
}
