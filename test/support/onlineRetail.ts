/*
 * What the Online Retail files hold (Daqing Chen, UCI Machine Learning Repository, CC BY 4.0), read by another
 * route than the program's.
 */

export interface ExpectedInvoice {
  lines: string[];
  cents: bigint;
  buyer: string;
}

/**
 * What is importable, computed by another route than the program's: split at semicolons, whole numbers only.
 * An invoice counts if it is no cancellation and each of its rows has a customer and a positive quantity.
 */
export function recompute(text: string): Map<string, ExpectedInvoice> {
  const invoices = new Map<string, ExpectedInvoice | null>();
  for (const line of text
    .replace(/^\ufeff/, '')
    .trim()
    .split('\n')
    .slice(1)) {
    const [number = '', sku = '', , quantity = '', , price = '', customer = ''] = line.trim().split(';');
    const whole = BigInt(quantity);
    const [units = '', decimals = ''] = price.split(',');
    const tenThousandths = BigInt(units + decimals.padEnd(4, '0'));
    const bad = number.startsWith('C') || customer === '' || whole <= 0n || price === '';
    const known = invoices.get(number);
    if (bad || known === null) {
      invoices.set(number, null);
      continue;
    }
    const cents = (whole * tenThousandths + 50n) / 100n;
    const entry = known ?? { lines: [], cents: 0n, buyer: customer };
    entry.lines.push([sku, whole, units + decimals.padEnd(4, '0'), cents].join(' '));
    entry.cents += cents;
    if (entry.buyer !== customer) throw new Error(`${number} has two customers`);
    invoices.set(number, entry);
  }
  return new Map([...invoices].flatMap(([number, entry]) => (entry === null ? [] : [[number, entry]])));
}

/** A decimal as whole parts of that many places. */
export const scaled = (decimal: string, places: number) => {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
};
