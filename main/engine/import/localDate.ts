import type { ImportMapping } from '../../../contract/import';

/** A wall-clock time as the file has it; `offsetMinutes` only where the file itself names one. */
export interface LocalDateTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly offsetMinutes: number | null;
}

export type DateOrder = ImportMapping['dateOrder'];

/**
 * Reads a date, with or without a time. A date that begins with a four-digit year (ISO 8601, and how XLSX
 * dates arrive) reads the same in every order; others go by the mapping's order, and a two-digit year is
 * of this century. Returns null for anything that is not a day of the calendar between 1970 and 2199.
 */
export function parseLocalDate(text: string, order: DateOrder): LocalDateTime | null {
  const yearFirst = yearFirstPattern.exec(text);
  if (yearFirst !== null) {
    const [, year, , month, day, time, zone] = yearFirst;
    return assemble(Number(year), Number(month), Number(day), time, zone);
  }
  const yearLast = yearLastPattern.exec(text);
  if (yearLast === null || order === 'ymd') return null;
  const [, first, , second, yearText = '', time] = yearLast;
  const year = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText);
  return order === 'dmy'
    ? assemble(year, Number(second), Number(first), time, undefined)
    : assemble(year, Number(first), Number(second), time, undefined);
}

/** The two numbers before the year of a date that begins with neither month nor year by name, or null. */
export function leadingParts(text: string): { first: number; second: number } | 'yearFirst' | null {
  if (yearFirstPattern.test(text)) return 'yearFirst';
  const match = yearLastPattern.exec(text);
  return match === null ? null : { first: Number(match[1]), second: Number(match[3]) };
}

/** Milliseconds since 1970 if the wall clock were at UTC: for comparing and for zone arithmetic. */
export function wallClock(date: LocalDateTime): number {
  return Date.UTC(date.year, date.month - 1, date.day, date.hour, date.minute, date.second);
}

const time = '(\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?:\\s*(?:[ap]\\.?\\s?m\\.?|hs?\\.?))?)';
const yearFirstPattern = new RegExp(
  `^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?:(?:T|,?\\s+)${time}\\s?(Z|[+-]\\d{2}:?\\d{2})?)?$`,
  'i',
);
const yearLastPattern = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})(?:,?\\s+${time})?$`, 'i');

function assemble(
  year: number,
  month: number,
  day: number,
  timeText: string | undefined,
  zone: string | undefined,
): LocalDateTime | null {
  const clock = timeText === undefined ? midnight : parseTime(timeText);
  if (clock === null || year < 1970 || year > 2199) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return { year, month, day, ...clock, offsetMinutes: zone === undefined ? null : parseOffset(zone) };
}

const midnight = { hour: 0, minute: 0, second: 0 };

function parseTime(text: string): typeof midnight | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text);
  if (match === null) return null;
  const [, hourText, minute, second] = match;
  const half = /([ap])\.?\s?m\.?$/i.exec(text)?.[1]?.toLowerCase();
  let hour = Number(hourText);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const clock = { hour, minute: Number(minute), second: Number(second ?? '0') };
  return clock.hour <= 23 && clock.minute <= 59 && clock.second <= 59 ? clock : null;
}

function parseOffset(text: string): number {
  if (text.toUpperCase() === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith('-') ? -minutes : minutes;
}
