/** Codes are charges whatever their case: offices type `post` and `POST` for the same thing. */
export const chargeKey = (code: string) => code.trim().toUpperCase();

const maxSuggested = 50;
const maxCodeLength = 60;

/**
 * Codes of a file that look like charges, corrections or vouchers rather than goods, for a person to check.
 * A code is proposed if it is one that stores are known to use, or if it has no digit while nearly all
 * codes of the file have one: a shop that numbers its goods does not sell `BANK CHARGES`, but a shop whose
 * codes are words may well sell `MATE`. In the file's own spelling, the most used first.
 */
export function suggestServiceCodes(usesBySku: ReadonlyMap<string, number>): string[] {
  const codes = [...usesBySku.keys()].filter((code) => code !== '' && code.length <= maxCodeLength);
  const wordlike = codes.filter((code) => !/\d/.test(code));
  const goodsAreNumbered = codes.length >= 20 && wordlike.length / codes.length <= 0.1;
  const suggested = new Map<string, { code: string; uses: number }>();
  for (const code of codes) {
    const key = chargeKey(code);
    const isWordlike = goodsAreNumbered && !/\d/.test(code);
    if (!isWordlike && !knownCodes.has(key) && !knownPatterns.some((pattern) => pattern.test(key))) continue;
    const uses = (usesBySku.get(code) ?? 0) + (suggested.get(key)?.uses ?? 0);
    suggested.set(key, { code: suggested.get(key)?.code ?? code, uses });
  }
  return [...suggested.values()]
    .sort((one, other) => other.uses - one.uses)
    .slice(0, maxSuggested)
    .map((entry) => entry.code);
}

/** The service codes of the Online Retail data set, and what Spanish and English shops commonly write. */
const knownCodes = new Set([
  'POST',
  'DOT',
  'M',
  'D',
  'S',
  'B',
  'C2',
  'C3',
  'BANK CHARGES',
  'AMAZONFEE',
  'CRUK',
  'PADS',
  'ADJUST',
  'ADJUST2',
  'SHIPPING',
  'POSTAGE',
  'FREIGHT',
  'DISCOUNT',
  'SURCHARGE',
  'FEE',
  'ENVIO',
  'ENVÍO',
  'FLETE',
  'RECARGO',
  'DESCUENTO',
  'BONIFICACION',
  'BONIFICACIÓN',
  'INTERES',
  'SEÑA',
  'REDONDEO',
]);
const knownPatterns = [/^GIFT[ _-]?\d/, /^TEST\d*$/, /^(ENV[IÍ]O|FLETE|SHIPPING|POSTAGE|RECARGO)[ _-]/];
