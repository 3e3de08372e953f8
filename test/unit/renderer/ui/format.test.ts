import { describe, expect, it } from 'vitest';
import { decimalSchema } from '../../../../contract/decimal';
import { createFormat } from '../../../../renderer/ui/format';

const decimal = (text: string) => decimalSchema.parse(text);
/** Intl puts no-break blanks between sign and amount. */
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('createFormat', () => {
  it('writes amounts as offices in Argentina do', () => {
    const format = createFormat('es-AR');
    expect(plain(format.amount(decimal('1972135.5'), 'ARS'))).toBe('$ 1.972.135,50');
    expect(format.decimal(decimal('12.50'))).toBe('12,5');
    expect(format.dateTime('2026-11-23T15:04:00')).toContain('15:04');
  });

  it('writes prices to the cent at least', () => {
    const format = createFormat('es-AR');
    expect(format.price(decimal('919'))).toBe('919,00');
    expect(format.price(decimal('3189.5'))).toBe('3.189,50');
    expect(format.price(decimal('0.1234'))).toBe('0,1234');
  });

  it('writes amounts in English', () => {
    expect(plain(createFormat('en').amount(decimal('1972135.5'), 'ARS'))).toBe('$1,972,135.50');
  });

  it('keeps every digit of amounts beyond what a float can hold', () => {
    expect(plain(createFormat('en').amount(decimal('90071992547409.93'), 'ARS'))).toBe(
      '$90,071,992,547,409.93',
    );
  });

  it('tells how long ago in the unit that fits', () => {
    const format = createFormat('es-AR');
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(format.relative(now - 5_000, now)).toBe('hace 5 segundos');
    expect(format.relative(now - 7_200_000, now)).toBe('hace 2 horas');
  });
});
