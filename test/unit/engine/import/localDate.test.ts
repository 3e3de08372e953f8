import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateOrder, leadingParts, parseLocalDate } from '../../../../main/engine/import/localDate';

const show = (text: string, order: DateOrder) => {
  const date = parseLocalDate(text, order);
  if (date === null) return null;
  const clock = [date.hour, date.minute, date.second].join(':');
  return `${date.year}/${date.month}/${date.day} ${clock}${date.offsetMinutes === null ? '' : ` ${date.offsetMinutes}`}`;
};

describe('parseLocalDate', () => {
  it.each([
    ['1/12/2010 08:26', 'dmy', '2010/12/1 8:26:0'],
    ['1/12/2010 08:26', 'mdy', '2010/1/12 8:26:0'],
    ['01-12-2010', 'dmy', '2010/12/1 0:0:0'],
    ['31.12.2010 23:59:59', 'dmy', '2010/12/31 23:59:59'],
    ['1/12/10 8:26', 'dmy', '2010/12/1 8:26:0'],
    ['2010-12-01T08:26', 'dmy', '2010/12/1 8:26:0'],
    ['2010-12-01 08:26:07', 'mdy', '2010/12/1 8:26:7'],
    ['2010-12-01', 'ymd', '2010/12/1 0:0:0'],
    ['2010/12/01', 'ymd', '2010/12/1 0:0:0'],
    ['2010-12-01T08:26:00.000Z', 'ymd', '2010/12/1 8:26:0 0'],
    ['2010-12-01T08:26:00-03:00', 'ymd', '2010/12/1 8:26:0 -180'],
    ['1/12/2010 12:05 AM', 'dmy', '2010/12/1 0:5:0'],
    ['1/12/2010 08:26 p. m.', 'dmy', '2010/12/1 20:26:0'],
    ['1/12/2010 20:26 hs', 'dmy', '2010/12/1 20:26:0'],
    ['29/2/2012', 'dmy', '2012/2/29 0:0:0'],
  ] as const)('reads %j in the order %s', (text, order, shown) => {
    expect(show(text, order)).toBe(shown);
  });

  it.each([
    ['31/2/2010', 'dmy'],
    ['29/2/2011', 'dmy'],
    ['13/13/2010', 'dmy'],
    ['1/13/2010', 'dmy'],
    ['13/1/2010', 'mdy'],
    ['0/1/2010', 'dmy'],
    ['1/12/2010', 'ymd'],
    ['1/12/2010 24:00', 'dmy'],
    ['1/12/2010 8:60', 'dmy'],
    ['1/12/2010 13:00 PM', 'dmy'],
    ['1/12-2010', 'dmy'],
    ['1/12/0210', 'dmy'],
    ['1/12/201', 'dmy'],
    ['40513,35', 'dmy'],
    ['1 de diciembre', 'dmy'],
    ['', 'dmy'],
  ] as const)('refuses %j in the order %s', (text, order) => {
    expect(parseLocalDate(text, order)).toBeNull();
  });

  it('brings back every day in every order', () => {
    const days = fc.date({
      min: new Date('1970-01-01'),
      max: new Date('2199-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, fc.constantFrom<DateOrder>('dmy', 'mdy', 'ymd'), (instant, order) => {
        const [y, m, d] = [instant.getUTCFullYear(), instant.getUTCMonth() + 1, instant.getUTCDate()];
        const text = { dmy: `${d}/${m}/${y}`, mdy: `${m}/${d}/${y}`, ymd: `${y}-${m}-${d}` }[order];
        expect(parseLocalDate(text, order)).toMatchObject({ year: y, month: m, day: d });
      }),
    );
  });
});

describe('leadingParts', () => {
  it('gives what the order of a date can be told from', () => {
    expect(leadingParts('25/12/2010 10:00')).toEqual({ first: 25, second: 12 });
    expect(leadingParts('2010-12-25')).toBe('yearFirst');
    expect(leadingParts('soon')).toBeNull();
  });
});
