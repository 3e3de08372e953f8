export type TaxId =
  | { kind: 'cuit' | 'dni'; digits: string }
  | { kind: 'invalid'; why: 'blank' | 'characters' | 'length' | 'checkDigit' };

const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/**
 * Reads an Argentine tax ID: a CUIT (11 digits, the last a check digit) or a DNI (7 or 8 digits). Dots,
 * dashes and blanks between the digits do not count (research/ventasxmayor.md 5).
 */
export function parseTaxId(text: string): TaxId {
  const digits = text.replace(/[\s.-]/g, '');
  if (digits === '') return { kind: 'invalid', why: 'blank' };
  if (!/^\d+$/.test(digits)) return { kind: 'invalid', why: 'characters' };
  // Zeros are how people fill a field they have nothing for; as a CUIT they would even pass the check.
  if (/^0+$/.test(digits)) return { kind: 'invalid', why: 'blank' };
  if (digits.length === 7 || digits.length === 8) return { kind: 'dni', digits };
  if (digits.length !== 11) return { kind: 'invalid', why: 'length' };
  return isCuit(digits) ? { kind: 'cuit', digits } : { kind: 'invalid', why: 'checkDigit' };
}

function isCuit(digits: string): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  const check = (11 - (sum % 11)) % 11;
  // 10 has no digit: such a number is never given out.
  return check < 10 && check === Number(digits[10]);
}
