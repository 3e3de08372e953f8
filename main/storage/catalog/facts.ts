import type { Decimal } from '../../../contract/decimal';
import type { PriceEntry } from '../../engine/catalog/price';
import type { OrgProduct, SkuFacts } from '../../engine/catalog/target';
import { decimal, decimalOrNull, rowsAsLists, text, textOrNull } from './columns';
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
    rowsAsLists(
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
      ),
    );
  const touched = factsOf('SELECT sku FROM touched_skus ORDER BY sku LIMIT ?');
  const after = factsOf('SELECT DISTINCT sku FROM products WHERE sku > ? ORDER BY sku LIMIT ?');

  function listsOf(values: readonly unknown[]): Record<string, PriceEntry | null> {
    const entries: Record<string, PriceEntry | null> = {};
    for (const [index, { list }] of lists.entries())
      entries[list] = entryOf(values[index * 2], values[index * 2 + 1]);
    return entries;
  }

  function gather(rows: readonly unknown[][]): SkuFacts[] {
    const all: (SkuFacts & { products: OrgProduct[] })[] = [];
    for (const [code, rule, units, id, active, company, price, priceActive, quantities, ...more] of rows) {
      const sku = text(code);
      let facts = all.at(-1);
      if (facts?.sku !== sku) {
        facts = { sku, products: [], item: readItemRule(textOrNull(rule)), openUnits: decimalOrNull(units) };
        all.push(facts);
      }
      if (id === null) continue;
      facts.products.push({
        id: text(id),
        active: active === 1,
        company: textOrNull(company),
        price: entryOf(price, priceActive),
        lists: lists.length === 0 ? noLists : listsOf(more),
        stock: quantities === null ? [] : text(quantities).split(' ').map(quantityOf),
      });
    }
    return all;
  }

  return {
    /** SKUs that were touched. */
    touched: (limit: number) => gather(touched(limit)),
    /** SKUs of the org after a place, in their order. */
    after: (sku: string, limit: number) => gather(after(sku, limit)),
  };
}

export type Facts = ReturnType<typeof createFacts>;

const noLists = {};

const entryOf = (price: unknown, active: unknown): PriceEntry | null =>
  active === null ? null : { price: decimalOrNull(price), active: active === 1 };

const quantityOf = (quantity: string): Decimal | null => (quantity === unreadable ? null : decimal(quantity));
