import { type Decimal, decimalSchema } from '../../../contract/decimal';
import { type Cell, exactNumber } from './table';

export type DecimalMark = ',' | '.';

/** Which decimal marks the file's own amounts prove, because they can be read in no other way. */
export type MarkEvidence = ReadonlySet<DecimalMark>;

export type AmountReading =
  /** `ambiguous`: read by the mapping's mark, but `1.500` alone could have been meant either way. */
  { kind: 'amount'; value: Decimal; ambiguous: boolean } | { kind: 'blank' } | { kind: 'malformed' };

/**
 * Reads an amount exactly by the mapping's decimal mark. Thousands separators (the other mark, a blank or
 * an apostrophe) are allowed in well-formed groups of three only.
 *
 * One separator before exactly three digits (`1.500`) may be fifteen hundred or one and a half, a factor
 * of a thousand. It is taken by the mapping's mark if the file's other amounts prove that mark; refused if
 * they prove the other one too; and marked as ambiguous if they prove nothing.
 */
export function readAmount(cell: Cell | undefined, mark: DecimalMark, evidence: MarkEvidence): AmountReading {
  if (typeof cell === 'number') return toDecimal(exactNumber(cell), false);
  const text = bare(cell ?? '');
  if (text === '') return { kind: 'blank' };
  const sign = /^[-\u2212]/.test(text) ? '-' : '';
  const digits = text.replace(/^[-+\u2212]\s*/, '');
  const ambiguous = isAmbiguous(digits);
  if (ambiguous && evidence.has(otherMark(mark))) return { kind: 'malformed' };
  if (!shapes[mark].test(digits)) return { kind: 'malformed' };
  const [whole = '', fraction] = digits.split(mark);
  const plain = whole.replace(/\D/g, '');
  const unsure = ambiguous && !evidence.has(mark);
  return toDecimal(`${sign}${plain}${fraction === undefined ? '' : `.${fraction}`}`, unsure);
}

/** The decimal mark this text proves, or null where it could be read either way or not at all. */
export function provenMark(cell: Cell | undefined): DecimalMark | null {
  if (typeof cell !== 'string') return null;
  const digits = bare(cell).replace(/^[-+\u2212]\s*/, '');
  if (!/[.,]/.test(digits) || isAmbiguous(digits)) return null;
  const fits = marks.filter((mark) => shapes[mark].test(digits));
  return fits.length === 1 ? (fits[0] ?? null) : null;
}

const marks = [',', '.'] as const;
const otherMark = (mark: DecimalMark): DecimalMark => (mark === ',' ? '.' : ',');

/** Plain digits, or groups of three after one to three digits that do not begin with 0. */
const shapeOf = (mark: string, group: string) =>
  new RegExp(
    `^(?:\\d+|[1-9]\\d{0,2}(?:([${group}' \\u00a0\\u202f\\u2019])\\d{3})(?:\\1\\d{3})*)(?:${mark}\\d+)?$`,
  );
const shapes: Record<DecimalMark, RegExp> = { ',': shapeOf(',', '.'), '.': shapeOf('\\.', ',') };

const isAmbiguous = (digits: string) => /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);

/** Without blanks at the ends and the currency sign that spreadsheets print before an amount. */
const bare = (text: string) =>
  text
    .trim()
    .replace(/^([-+\u2212]?)\s*\$\s*/, '$1')
    .trim();

/** Into the contract's form: no idle zeros, at most 14 digits before the point and 6 after it. */
function toDecimal(plain: string, ambiguous: boolean): AmountReading {
  const match = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(plain);
  if (match === null) return { kind: 'malformed' };
  const [, sign = '', whole = '', fraction = ''] = match;
  const zero = whole === '0' && fraction === '';
  const parsed = decimalSchema.safeParse(
    `${zero ? '' : sign}${whole}${fraction === '' ? '' : `.${fraction}`}`,
  );
  return parsed.success ? { kind: 'amount', value: parsed.data, ambiguous } : { kind: 'malformed' };
}
