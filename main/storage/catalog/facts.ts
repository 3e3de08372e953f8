import { type Decimal, isDecimal } from '../../../contract/decimal';
import type { PriceEntry } from '../../engine/catalog/price';
import type { OrgProduct, SkuFacts } from '../../engine/catalog/target';
import { decimalOrNullAt, numberAt, numberOrNullAt, textAt, textOrNullAt } from './columns';
import type { CatalogDatabase } from './database';
import { readItemRule } from './itemRules';

/** The numbers of the sources that facts come from. */
export interface FactSources {
  prices: number;
  lists: readonly { list: string; source: number }[];
  stock: number;
}

/** Stands for a quantity that is no number that can be kept. */
const unreadable = '?';

/** What is known of SKUs on the org's side. */
export function createFacts({ db }: CatalogDatabase, { prices, lists, stock }: FactSources) {
  const listColumns = lists.map(
    (_list, index) => `, l${index}.price AS l${index}, l${index}.active AS a${index}`,
  );
  const listJoins = lists.map(
    ({ source }, index) =>
      `LEFT JOIN prices l${index} ON l${index}.source = ${source} AND l${index}.product = p.id`,
  );
  const factsOf = (skus: string) =>
    db.prepare(
      `SELECT k.sku, r.rule, u.units, p.id, p.active, p.company, e.price, e.active AS price_active,
       (SELECT group_concat(coalesce(s.quantity, '${unreadable}'), ' ') FROM stock s
        WHERE s.source = ${stock} AND s.product = p.id) AS stock ${listColumns.join('')}
     FROM (${skus}) k
     LEFT JOIN products p ON p.sku = k.sku
     LEFT JOIN prices e ON e.source = ${prices} AND e.product = p.id
     LEFT JOIN item_rules r ON r.sku = k.sku
     LEFT JOIN open_units u ON u.sku = k.sku
     ${listJoins.join(' ')}
     ORDER BY k.sku`,
    );
  const touched = factsOf('SELECT sku FROM touched_skus ORDER BY sku LIMIT ?');
  const after = factsOf('SELECT DISTINCT sku FROM products WHERE sku > ? ORDER BY sku LIMIT ?');

  function productOf(id: string, found: unknown): OrgProduct {
    const quantities = textOrNullAt(found, 'stock');
    return {
      id,
      active: numberAt(found, 'active') === 1,
      company: textOrNullAt(found, 'company'),
      price: entryOf(found, 'price', 'price_active'),
      lists: lists.length === 0 ? noLists : listsOf(found),
      stock: quantities === null ? [] : quantities.split(' ').map(quantityOf),
    };
  }

  const listsOf = (found: unknown): Record<string, PriceEntry | null> =>
    Object.fromEntries(lists.map(({ list }, index) => [list, entryOf(found, `l${index}`, `a${index}`)]));

  function gather(rows: readonly unknown[]): SkuFacts[] {
    const all: (SkuFacts & { products: OrgProduct[] })[] = [];
    for (const found of rows) {
      const sku = textAt(found, 'sku');
      const id = textOrNullAt(found, 'id');
      let facts = all.at(-1);
      if (facts?.sku !== sku) {
        const item = readItemRule(textOrNullAt(found, 'rule'));
        facts = { sku, products: [], item, openUnits: decimalOrNullAt(found, 'units') };
        all.push(facts);
      }
      if (id !== null) facts.products.push(productOf(id, found));
    }
    return all;
  }

  return {
    /** SKUs that were touched. */
    touched: (limit: number) => gather(touched.all(limit)),
    /** SKUs of the org after a place, in their order. */
    after: (sku: string, limit: number) => gather(after.all(sku, limit)),
  };
}

export type Facts = ReturnType<typeof createFacts>;

const noLists = {};

function entryOf(found: unknown, price: string, active: string): PriceEntry | null {
  const isActive = numberOrNullAt(found, active);
  return isActive === null ? null : { price: decimalOrNullAt(found, price), active: isActive === 1 };
}

function quantityOf(text: string): Decimal | null {
  if (text === unreadable) return null;
  if (!isDecimal(text)) throw new Error('a quantity is no decimal');
  return text;
}
