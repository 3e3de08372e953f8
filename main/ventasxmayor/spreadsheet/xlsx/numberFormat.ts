/** What a cell's number format makes of its number. */
export type NumberKind =
  | { kind: 'plain' }
  | { kind: 'date' }
  | { kind: 'percent' }
  /** `00000`: shown with leading zeros, as codes are. */
  | { kind: 'padded'; digits: number };

const plain: NumberKind = { kind: 'plain' };

/** Reads a format by its number and, from 164 on, its code (ECMA-376 part 1, 18.8.30 and 18.8.31). */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code !== undefined) return kindOfCode(code);
  if (isBuiltInDate(id)) return { kind: 'date' };
  return id === 9 || id === 10 ? { kind: 'percent' } : plain;
}

/** 14 to 22 and 45 to 47 everywhere; 27 to 36 and 50 to 58 in East Asian workbooks. */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

function kindOfCode(code: string): NumberKind {
  const bare = withoutLiterals(code.split(';')[0] ?? '');
  // Hours beyond 24 are a length of time, not a moment.
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return plain;
  const letters = bare.replace(/\[[^\]]*\]/g, '');
  if (/^0{2,}$/.test(letters)) return { kind: 'padded', digits: letters.length };
  if (letters.includes('%')) return { kind: 'percent' };
  return /[ymdhs]/i.test(letters) && !/general/i.test(letters) ? { kind: 'date' } : plain;
}

/** Without quoted text, escaped characters, fill and width marks. */
const withoutLiterals = (code: string) => code.replace(/"[^"]*"/g, '').replace(/[\\_*]./g, '');

const dayMs = 86_400_000;
/** Beyond 31/12/9999 a number is no date. */
const lastSerial = 2_958_465;

/**
 * A day count as an ISO 8601 date, with the time where there is one, to the second. Null where it is no day:
 * a time alone, or out of range. In the 1900 system the day 29/2/1900 is counted though it never was.
 */
export function serialToIso(serial: number, date1904: boolean): string | null {
  if (!(serial >= 1 && serial < lastSerial + 1)) return null;
  const first = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const iso = new Date(first + Math.round((serial * dayMs) / 1000) * 1000).toISOString();
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19);
}
