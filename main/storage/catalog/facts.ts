import type { Decimal } from '../../../contract/decimal';
import type { PriceEntry } from '../../engine/catalog/price';
import type { OrgProduct, SkuFacts } from '../../engine/catalog/target';
import { decimal, decimalOrNull, rowsAsLists, text, textOrNull } from './columns';
import type { CatalogDatabase, Hand } from './database';
import { readItemRule } from './itemRules';
import { asText } from './pieces';

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
  const columns = `p.id, p.active, p.company, e.price, e.active,
    (SELECT group_concat(coalesce(s.quantity, '${unreadable}'), ' ') FROM stock s
     WHERE s.source = ${stock} AND s.product = p.id) ${listColumns.join('')}`;
  const joins = `LEFT JOIN prices e ON e.source = ${prices} AND e.product = p.id ${listJoins.join(' ')}`;
  const width = 7 + 2 * lists.length;
  const touched = asText(
    `SELECT k.sku, ${columns} FROM (SELECT sku FROM touched_skus WHERE sku > ? ORDER BY sku LIMIT ?) k
     LEFT JOIN products p ON p.sku = k.sku ${joins} ORDER BY k.sku`,
    width,
  );
  const after = asText(
    `SELECT p.sku, ${columns} FROM products p ${joins} WHERE p.sku > ? ORDER BY p.sku LIMIT ?`,
    width,
  );
  const byRange = (table: 'item_rules' | 'open_units', column: string) =>
    rowsAsLists(db, asText(`SELECT sku, ${column} FROM ${table} WHERE sku >= ? AND sku <= ?`, 2));
  const rules = byRange('item_rules', 'rule');
  const units = byRange('open_units', 'units');

  function listsOf(values: readonly unknown[]): Record<string, PriceEntry | null> {
    const entries: Record<string, PriceEntry | null> = {};
    for (const [index, { list }] of lists.entries())
      entries[list] = entryOf(values[index * 2], values[index * 2 + 1]);
    return entries;
  }

  function gather(rows: readonly unknown[][]): SkuFacts[] {
    if (rows.length === 0) return [];
    // Few products have them: asked for one by one they would be felt.
    const [from, to] = [text(rows[0]?.[0]), text(rows.at(-1)?.[0])];
    const items = new Map(rules(from, to).map(([sku, rule]) => [sku, readItemRule(textOrNull(rule))]));
    const open = new Map(units(from, to).map(([sku, count]) => [sku, decimal(count)]));
    const all: (SkuFacts & { products: OrgProduct[] })[] = [];
    for (const [code, id, active, company, price, priceActive, quantities, ...more] of rows) {
      const sku = text(code);
      let facts = all.at(-1);
      if (facts?.sku !== sku) {
        facts = { sku, products: [], item: items.get(sku) ?? null, openUnits: open.get(sku) ?? null };
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

  /** Rows after a SKU, of which the last SKU's are all there. */
  async function wholeSkus(sku: string, limit: number, hand: Hand): Promise<unknown[][]> {
    const rows = await hand.read(after, [sku, limit]);
    if (rows.length < limit) return rows;
    const last = rows.at(-1)?.[0];
    const whole = rows.filter(([code]) => code !== last);
    return whole.length > 0 ? whole : wholeSkus(sku, limit * 2, hand);
  }

  return {
    /** SKUs that were touched, after a place, in their order; none at the end. */
    touched: async (sku: string, limit: number, hand: Hand) => gather(await hand.read(touched, [sku, limit])),
    /** SKUs of the org after a place, in their order, out of so many rows; none at the end. */
    after: async (sku: string, limit: number, hand: Hand) => gather(await wholeSkus(sku, limit, hand)),
  };
}

export type Facts = ReturnType<typeof createFacts>;

const noLists = {};

const entryOf = (price: unknown, active: unknown): PriceEntry | null =>
  active === null ? null : { price: decimalOrNull(price), active: active === 1 };

const quantityOf = (quantity: string): Decimal | null => (quantity === unreadable ? null : decimal(quantity));
