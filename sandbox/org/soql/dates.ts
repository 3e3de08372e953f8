/** Half-open range of calendar days, `[from, to)`, each `YYYY-MM-DD`. */
export interface DayRange {
  from: string;
  to: string;
}

/**
 * The days a date literal stands for, e.g. `TODAY`, `LAST_MONTH`, `LAST_N_DAYS:7`. `null` for a name that is
 * none. Weeks begin on Sunday, the fiscal year is the calendar year.
 */
export function dateLiteralDays(literal: string, now: number, timeZone: string): DayRange | null {
  const [name = '', count] = literal.toUpperCase().split(':');
  const today = localDay(now, timeZone);
  const n = count === undefined ? 0 : Number(count);
  const days = (from: number, to: number): DayRange => ({
    from: addDays(today, from),
    to: addDays(today, to),
  });
  switch (name) {
    case 'YESTERDAY':
      return days(-1, 0);
    case 'TODAY':
      return days(0, 1);
    case 'TOMORROW':
      return days(1, 2);
    case 'LAST_90_DAYS':
      return days(-90, 1);
    case 'NEXT_90_DAYS':
      return days(1, 91);
    case 'LAST_N_DAYS':
      return days(-n, 1);
    case 'NEXT_N_DAYS':
      return days(1, n + 1);
    case 'N_DAYS_AGO':
      return days(-n, -n + 1);
  }
  const ago = /^N_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)S_AGO$/.exec(name);
  if (ago) return { from: periodStart(today, ago[1], -n), to: periodStart(today, ago[1], 1 - n) };
  const match = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (match) {
    const step = match[1] === 'LAST' ? -1 : match[1] === 'NEXT' ? 1 : 0;
    return { from: periodStart(today, match[2], step), to: periodStart(today, match[2], step + 1) };
  }
  const many = /^(LAST|NEXT)_N_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)S$/.exec(name);
  if (!many) return null;
  return many[1] === 'LAST'
    ? { from: periodStart(today, many[2], -n), to: periodStart(today, many[2], 0) }
    : { from: periodStart(today, many[2], 1), to: periodStart(today, many[2], n + 1) };
}

/** The calendar day at an instant in a time zone. */
export function localDay(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(instant);
}

/** A stored instant as the clock on the wall shows it in a time zone: `2026-11-23T11:05:09`. */
export function localTime(stored: string, timeZone: string): string {
  const instant = Date.parse(stored.replace('+0000', 'Z'));
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 19);
}

/** The instant at which a day begins in a time zone, milliseconds since 1970. */
export function startOfDay(day: string, timeZone: string): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

/** Milliseconds by which local time is ahead of UTC. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((entry) => entry.type === type)?.value ?? 0);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(instant / 1000) * 1000;
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

function periodStart(day: string, unit: string | undefined, step: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (unit) {
    case 'WEEK':
      return addDays(day, step * 7 - date.getUTCDay());
    case 'MONTH':
      return isoDay(year, month + step);
    case 'QUARTER':
      return isoDay(year, Math.floor(month / 3) * 3 + step * 3);
    default:
      return isoDay(year + step, 0);
  }
}

const isoDay = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
