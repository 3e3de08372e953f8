import { parseTaxId } from '../../taxId';
import { type DecimalMark, type MarkEvidence, readAmount } from '../amount';
import { type DateOrder, leadingParts } from '../localDate';
import { cellText, type Pause, type TableContent } from '../table';

const rowsBetweenPauses = 500;

/** Visits one column of every row, letting other work run in between. */
export async function forEachCell(
  table: TableContent,
  position: number | undefined,
  pause: Pause,
  visit: (text: string, rowIndex: number) => void,
): Promise<void> {
  if (position === undefined) return;
  for (const [index, row] of table.rows.entries()) {
    if (index % rowsBetweenPauses === 0) await pause();
    visit(cellText(row.cells[position]), index);
  }
}

/**
 * The order of day, month and year that the dates of the file prove: a number over 12 cannot be a month.
 * Null where they prove nothing (all days up to the 12th), or contradict each other.
 */
export async function sniffDateOrder(
  table: TableContent,
  position: number | undefined,
  pause: Pause,
): Promise<DateOrder | null> {
  const votes = { dmy: 0, mdy: 0, ymd: 0 };
  await forEachCell(table, position, pause, (text) => {
    const parts = leadingParts(text);
    if (parts === null) return;
    if (parts === 'yearFirst') votes.ymd += 1;
    else if (parts.first > 12 && parts.second <= 12) votes.dmy += 1;
    else if (parts.second > 12 && parts.first <= 12) votes.mdy += 1;
  });
  if (votes.dmy > 0 !== votes.mdy > 0) return votes.dmy > 0 ? 'dmy' : 'mdy';
  return votes.ymd > 0 && votes.dmy === 0 ? 'ymd' : null;
}

/** The one decimal mark that the amounts prove, or null where they prove none, or both. */
export const soleMark = (evidence: MarkEvidence): DecimalMark | null =>
  evidence.size === 1 ? ([...evidence][0] ?? null) : null;

/** Whether the values are Argentine tax IDs: CUITs pass a check digit, which customer numbers rarely do. */
export function looksArgentine(values: readonly string[], header: string): boolean {
  const filled = values.filter((value) => value !== '');
  if (filled.length === 0) return /cui[tl]|dni/i.test(header);
  const kinds = filled.map((value) => parseTaxId(value).kind);
  const share = (kind: string) => kinds.filter((one) => one === kind).length / kinds.length;
  return share('cuit') >= 0.5 || (/cui[tl]|dni/i.test(header) && share('invalid') <= 0.5);
}

/**
 * The letter that marks cancelled orders: it stands before numbers that other orders carry bare, and the
 * quantities of its rows are negative. `CBA-0001` (a branch) or `A563185` (an adjustment) do not qualify.
 */
export async function sniffCancellationPrefix(
  table: TableContent,
  positions: { orderNumber: number | undefined; quantity: number | undefined },
  mark: DecimalMark,
  pause: Pause,
): Promise<string> {
  const letters = new Map<string, { rows: number; negative: number }>();
  let bare = 0;
  await forEachCell(table, positions.orderNumber, pause, (number, index) => {
    if (/^\d+$/.test(number)) bare += 1;
    const letter = /^(\p{L})\d+$/u.exec(number)?.[1];
    if (letter === undefined || positions.quantity === undefined) return;
    const seen = letters.get(letter) ?? { rows: 0, negative: 0 };
    const quantity = readAmount(table.rows[index]?.cells[positions.quantity], mark, new Set());
    seen.rows += 1;
    if (quantity.kind === 'amount' && quantity.value.startsWith('-')) seen.negative += 1;
    letters.set(letter, seen);
  });
  if (bare === 0) return '';
  const cancelling = [...letters].filter(([, seen]) => seen.negative / seen.rows >= 0.9);
  cancelling.sort(([, one], [, other]) => other.rows - one.rows);
  return cancelling[0]?.[0] ?? '';
}

/** How often each SKU is used, in the file's own spelling. */
export async function countSkus(
  table: TableContent,
  position: number | undefined,
  pause: Pause,
): Promise<Map<string, number>> {
  const uses = new Map<string, number>();
  await forEachCell(table, position, pause, (sku) => uses.set(sku, (uses.get(sku) ?? 0) + 1));
  return uses;
}
