import { type LocalDateTime, wallClock } from './localDate';

/** Turns a wall-clock time into an ISO 8601 instant that carries the zone's offset. */
export type Zoned = (local: LocalDateTime) => string;

/**
 * A converter for one IANA time zone. A time that the clocks jumped over (spring) moves forward by the
 * jump; a time they showed twice (autumn) is the first of the two: the usual choice, RFC 5545 3.3.5.
 * A date that came with its own offset is moved into this zone, so that its calendar day is the store's.
 * Throws RangeError for a zone that does not exist: `isTimeZone` answers beforehand.
 */
export function zoneConverter(timeZone: string): Zoned {
  const offsetAt = offsetReader(timeZone);
  const byDay = new Map<number, { before: number; after: number }>();

  const around = (wall: number) => {
    const day = Math.floor(wall / dayMs);
    const known = byDay.get(day);
    if (known !== undefined) return known;
    const middle = day * dayMs + dayMs / 2;
    const offsets = { before: offsetAt(middle - 2 * dayMs), after: offsetAt(middle + 2 * dayMs) };
    byDay.set(day, offsets);
    return offsets;
  };

  return (local) => {
    const wall = wallClock(local);
    if (local.offsetMinutes !== null) {
      const instant = wall - local.offsetMinutes * minuteMs;
      return render(instant, offsetAt(instant));
    }
    const { before, after } = around(wall);
    if (before === after) return render(wall - before, before);
    const fitting = [before, after].filter((offset) => offsetAt(wall - offset) === offset);
    const instant = Math.min(...(fitting.length === 0 ? [before] : fitting).map((offset) => wall - offset));
    return render(instant, offsetAt(instant));
  };
}

/** Whether this computer knows the zone by that name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Offset from UTC in ms, whole minutes, at an instant. */
function offsetReader(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    return Math.round((wall - instant) / minuteMs) * minuteMs;
  };
}

function render(instant: number, offset: number): string {
  const wall = new Date(instant + offset).toISOString().slice(0, 19);
  const minutes = Math.abs(offset) / minuteMs;
  const hh = String(Math.floor(minutes / 60)).padStart(2, '0');
  const mm = String(minutes % 60).padStart(2, '0');
  return `${wall}${offset < 0 ? '-' : '+'}${hh}:${mm}`;
}
