import { describe, expect, it } from 'vitest';
import { parseLocalDate } from '../../../../main/engine/import/localDate';
import { isTimeZone, zoneConverter } from '../../../../main/engine/import/timeZone';

const at = (text: string, zone: string) => {
  const date = parseLocalDate(text, 'ymd');
  if (date === null) throw new Error(text);
  return zoneConverter(zone)(date);
};

describe('zoneConverter', () => {
  it('gives the wall clock the offset of its day', () => {
    expect(at('2010-12-01 08:26', 'America/Argentina/Buenos_Aires')).toBe('2010-12-01T08:26:00-03:00');
    // Argentina had summer time in 2008/2009.
    expect(at('2009-01-15 08:26', 'America/Argentina/Buenos_Aires')).toBe('2009-01-15T08:26:00-02:00');
    expect(at('2010-12-01 08:26', 'Europe/London')).toBe('2010-12-01T08:26:00+00:00');
    expect(at('2010-07-01 08:26', 'Europe/London')).toBe('2010-07-01T08:26:00+01:00');
    expect(at('2010-07-01 08:26', 'Asia/Kolkata')).toBe('2010-07-01T08:26:00+05:30');
  });

  it('moves a time that never was forward, and takes the first of a time that was twice', () => {
    expect(at('2010-03-28 01:30', 'Europe/London')).toBe('2010-03-28T02:30:00+01:00');
    expect(at('2010-10-31 01:30', 'Europe/London')).toBe('2010-10-31T01:30:00+01:00');
    expect(at('2010-10-31 02:00', 'Europe/London')).toBe('2010-10-31T02:00:00+00:00');
    expect(at('2010-03-28 00:59:59', 'Europe/London')).toBe('2010-03-28T00:59:59+00:00');
    expect(at('2023-09-03 00:30', 'America/Santiago')).toBe('2023-09-03T01:30:00-03:00');
  });

  it('keeps the hours around a change of clocks right to the minute', () => {
    const local = (hour: number) => `2010-10-31 ${String(hour).padStart(2, '0')}:00`;
    const instants = [0, 1, 2, 3, 23].map((hour) => Date.parse(at(local(hour), 'Europe/London')));
    const start = instants[0] ?? 0;
    expect(instants.map((instant) => (instant - start) / 3_600_000)).toEqual([0, 1, 3, 4, 24]);
  });

  it("moves a date with an offset of its own into the store's zone", () => {
    expect(at('2010-12-01T01:00:00Z', 'America/Argentina/Buenos_Aires')).toBe('2010-11-30T22:00:00-03:00');
  });
});

describe('isTimeZone', () => {
  it('knows zones from words', () => {
    expect(isTimeZone('America/Argentina/Cordoba')).toBe(true);
    expect(isTimeZone('Argentina')).toBe(false);
    expect(isTimeZone('')).toBe(false);
  });
});
