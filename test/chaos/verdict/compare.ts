import type { OrgOrder } from '../../../sandbox/org/inspect';
import type { StoreOrder } from '../../../sandbox/store/order';

/** What the org holds, held against what the store confirmed. Every entry is a sentence for a person. */
export interface Comparison {
  /** Store orders that the org does not have. */
  lost: string[];
  /** Orders, export keys and line keys that the org has more than once. */
  doubled: string[];
  /** Orders whose lines, quantities, amounts or buyer differ. */
  incomplete: string[];
  /** Orders in the org that no store order stands behind. */
  stray: string[];
}

/**
 * Compares store and org order by order and to the cent. Shares no code with the program: it reads the
 * store's own texts and counts in whole millionths.
 */
export function compare(confirmed: readonly StoreOrder[], held: readonly OrgOrder[]): Comparison {
  const byNumber = groupBy(held, (order) => order.storeOrder ?? '');
  const known = new Set(confirmed.map((order) => order.number));
  const lost: string[] = [];
  const incomplete: string[] = [];
  for (const order of confirmed) {
    const copies = byNumber.get(order.number) ?? [];
    if (copies.length === 0) lost.push(`order ${order.number} is not in the org`);
    for (const copy of copies)
      incomplete.push(...differences(order, copy).map((what) => `order ${order.number}: ${what}`));
  }
  return {
    lost,
    incomplete,
    doubled: [
      ...repeated('order', byNumber),
      ...repeated(
        'export key',
        groupBy(held, (order) => order.exportKey ?? ''),
      ),
      ...repeated(
        'line key',
        groupBy(
          held.flatMap((order) => order.lines),
          (line) => line.lineKey ?? '',
        ),
      ),
    ],
    stray: held
      .filter((order) => order.storeOrder === null || !known.has(order.storeOrder))
      .map((order) => `the org's order ${order.orderNumber} is no order of the store's`),
  };
}

/**
 * An amount that no whole-cent price per piece gives is written as two lines: hence lines are compared per
 * SKU, and a store's line may be one or two of the org's.
 */
function differences(order: StoreOrder, copy: OrgOrder): string[] {
  const wanted = groupBy(order.lines, (line) => line.sku);
  const there = groupBy(copy.lines, (line) => line.sku ?? '');
  const told: string[] = [];
  const same = (what: string, expected: readonly string[], actual: readonly string[]) => {
    const [sum, found] = [exactSum(expected), exactSum(actual)];
    if (sum !== found) told.push(`${what} ${found} instead of ${sum} millionths`);
  };
  for (const [sku, lines] of wanted) {
    const found = there.get(sku) ?? [];
    if (found.length < lines.length || found.length > 2 * lines.length)
      told.push(`${sku}: ${found.length} lines instead of ${lines.length}`);
    same(
      `${sku}: quantity`,
      lines.map((line) => line.quantity),
      found.map((line) => line.quantity),
    );
    same(
      `${sku}: total`,
      lines.map((line) => line.total),
      found.map((line) => line.totalPrice),
    );
  }
  for (const sku of there.keys()) if (!wanted.has(sku)) told.push(`${sku}: not in the store's order`);
  same('total', [order.totals.total], [copy.totalAmount]);
  const taxId = digits(copy.buyer?.taxId ?? '');
  if (taxId !== digits(order.buyer.taxId)) told.push(`buyer ${taxId} instead of ${order.buyer.taxId}`);
  return told;
}

/** The sum of decimal texts in whole millionths; the store sends six decimals at most. */
function exactSum(texts: readonly string[]): bigint {
  return texts.reduce((sum, text) => {
    const parts = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text);
    if (parts === null) throw new Error(`not a decimal number: ${text}`);
    const [, sign = '', whole = '', fraction = ''] = parts;
    const value = BigInt(whole + fraction.padEnd(6, '0'));
    return sum + (sign === '-' ? -value : value);
  }, 0n);
}

const digits = (text: string): string => text.replace(/\D/g, '');

function repeated(what: string, groups: ReadonlyMap<string, readonly unknown[]>): string[] {
  return [...groups].flatMap(([name, all]) =>
    name !== '' && all.length > 1 ? [`${what} ${name} is in the org ${all.length} times`] : [],
  );
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
