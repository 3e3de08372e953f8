import { describe, expect, it } from 'vitest';
import { dateLiteralDays, localDay, startOfDay } from '../../../sandbox/org/soql/dates';

const argentina = 'America/Argentina/Buenos_Aires';
/** Monday 23 November 2026, 01:30 UTC: still Sunday in Buenos Aires. */
const now = Date.UTC(2026, 10, 23, 1, 30);

describe('date literals', () => {
  it('counts days where the org is', () => {
    expect(localDay(now, argentina)).toBe('2026-11-22');
    expect(localDay(now, 'UTC')).toBe('2026-11-23');
    expect(new Date(startOfDay('2026-11-22', argentina)).toISOString()).toBe('2026-11-22T03:00:00.000Z');
  });

  it('keeps daylight saving in mind', () => {
    const day = (date: string) => new Date(startOfDay(date, 'America/New_York')).toISOString();
    expect(day('2026-03-08')).toBe('2026-03-08T05:00:00.000Z');
    expect(day('2026-03-09')).toBe('2026-03-09T04:00:00.000Z');
  });

  it.each([
    ['TODAY', '2026-11-23', '2026-11-24'],
    ['YESTERDAY', '2026-11-22', '2026-11-23'],
    ['LAST_N_DAYS:3', '2026-11-20', '2026-11-24'],
    ['NEXT_N_DAYS:2', '2026-11-24', '2026-11-26'],
    ['THIS_WEEK', '2026-11-22', '2026-11-29'],
    ['LAST_MONTH', '2026-10-01', '2026-11-01'],
    ['NEXT_MONTH', '2026-12-01', '2027-01-01'],
    ['THIS_QUARTER', '2026-10-01', '2027-01-01'],
    ['LAST_YEAR', '2025-01-01', '2026-01-01'],
    ['LAST_N_MONTHS:2', '2026-09-01', '2026-11-01'],
  ])('%s is from %s until before %s', (literal, from, to) => {
    expect(dateLiteralDays(literal, now, 'UTC')).toEqual({ from, to });
  });

  it('knows no others', () => {
    expect(dateLiteralDays('SOMEDAY', now, 'UTC')).toBeNull();
  });
});
