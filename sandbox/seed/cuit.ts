const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/**
 * The check digit of a CUIT's first ten digits, or `null` where none exists and the tax agency gives out
 * another prefix (research/ventasxmayor.md 5).
 */
export function cuitCheckDigit(tenDigits: string): number | null {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(tenDigits.charAt(index)), 0);
  const digit = 11 - (sum % 11);
  if (digit === 11) return 0;
  return digit === 10 ? null : digit;
}

/** A CUIT as it is written, `30-71234567-1`, from a prefix and a number; the next number that has a digit. */
export function makeCuit(prefix: 20 | 23 | 27 | 30 | 33, number: number): string {
  for (let candidate = number; ; candidate++) {
    const body = `${prefix}${String(candidate).padStart(8, '0')}`;
    const digit = cuitCheckDigit(body);
    if (digit !== null) return `${prefix}-${body.slice(2)}-${digit}`;
  }
}

/** True for eleven digits, dashes allowed, whose last one checks. */
export function isCuit(text: string): boolean {
  const digits = text.replace(/-/g, '');
  return /^\d{11}$/.test(digits) && cuitCheckDigit(digits.slice(0, 10)) === Number(digits.charAt(10));
}
