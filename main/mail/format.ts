import type { Decimal } from '../../contract/decimal';
import type { Locale } from '../../contract/settings';

/** Amounts and instants as a mail writes them. An amount is text all the way: no float rounds it. */
export function createMailFormat(locale: Locale) {
  const hours = locale === 'es-AR' ? ({ hourCycle: 'h23' } as const) : {};
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', ...hours });
  return {
    dateTime: (instant: number) => dateTime.format(new Date(instant)),
    amount(value: Decimal, currency: string): string {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: 2 });
      // TypeScript's library knows only numbers here; every V8 from Node 18.15 on takes exact decimal text.
      return (format.format as unknown as (text: string) => string)(value);
    },
  };
}
