import type { Decimal } from '../../contract/decimal';
import type { Locale } from '../../contract/settings';

/**
 * Writes numbers and dates in the chosen language. Amounts are text all the way: Intl takes exact decimals
 * as strings, so that no float rounds them.
 */
export function createFormat(locale: Locale) {
  // Offices in Argentina write 15:30, whatever the locale data says.
  const hours = locale === 'es-AR' ? ({ hourCycle: 'h23' } as const) : {};
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', ...hours });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium', ...hours });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', ...hours });
  const hour = new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...hours });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const integer = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  const price = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
  const money = new Map<string, Intl.NumberFormat>();

  function moneyFormat(currency: string): Intl.NumberFormat {
    let format = money.get(currency);
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        // An account has one currency: its sign is enough, and leaves room for the amount.
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: 2,
      });
      money.set(currency, format);
    }
    return format;
  }

  return {
    count: (value: number) => integer.format(value),
    amount: (value: Decimal, currency: string) => formatExact(moneyFormat(currency), value),
    decimal: (value: Decimal) =>
      formatExact(new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }), value),
    /** At least to the cent, so that prices below each other are compared at a glance. */
    price: (value: Decimal) => formatExact(price, value),
    /** `+12,5 %`; what it is given is in percent already. */
    percent: (value: number) => percent.format(value / 100),
    dateTime: (instant: number | string) => dateTime.format(new Date(instant)),
    exact: (instant: number | string) => exact.format(new Date(instant)),
    /** Hours and minutes. */
    hour: (instant: number) => hour.format(new Date(instant)),
    /** `a, b y c`. */
    list: (parts: readonly string[]) => list.format(parts),
    time: (instant: number) => time.format(new Date(instant)),
    /** `hace 3 minutos`, `in 20 seconds`. */
    relative(instant: number, now: number): string {
      const seconds = Math.round((instant - now) / 1000);
      const size = Math.abs(seconds);
      if (size < 60) return relative.format(seconds, 'second');
      if (size < 3600) return relative.format(Math.trunc(seconds / 60), 'minute');
      if (size < 86_400) return relative.format(Math.trunc(seconds / 3600), 'hour');
      return relative.format(Math.trunc(seconds / 86_400), 'day');
    },
  };
}

/** Whether two instants are on the same day of this computer's calendar. */
export const isSameDay = (one: number, other: number): boolean =>
  new Date(one).toDateString() === new Date(other).toDateString();

export type Format = ReturnType<typeof createFormat>;

/** TypeScript's library knows only numbers here; every Chrome from 106 on takes exact decimal text. */
function formatExact(format: Intl.NumberFormat, value: Decimal): string {
  return (format.format as unknown as (text: string) => string)(value);
}
