import type { Source, TargetSources } from '../../engine/catalog/ports';
import type { PriceEntry } from '../../engine/catalog/price';
import type { SideFacts } from '../../engine/catalog/sides/ports';
import type { OrgProduct } from '../../engine/catalog/target';
import { decimalOrNullAt, numberAt, rowsAsLists, text, textOrNull } from './columns';
import { createComparison } from './comparison';
import type { CatalogDatabase } from './database';
import { asText } from './pieces';
import { createSources } from './sources';

/** Looks up single SKUs, of which a page of the list has a few hundred. */
export function createSideFacts(catalog: CatalogDatabase): SideFacts {
  const { db } = catalog;
  const sources = createSources(catalog);
  const comparison = createComparison(catalog);
  const products = rowsAsLists(
    db,
    asText('SELECT id, active, company FROM products WHERE sku = ? ORDER BY id', 3),
  );
  const price = db.prepare('SELECT price, active FROM prices WHERE source = ? AND product = ?');
  const stock = db.prepare('SELECT quantity FROM stock WHERE source = ? AND product = ?');

  function entryOf(source: Source, product: string): PriceEntry | null {
    const row = price.get(sources.idOf(source), product);
    if (row === undefined) return null;
    return { price: decimalOrNullAt(row, 'price'), active: numberAt(row, 'active') === 1 };
  }

  function productsOf(sku: string, wanted: TargetSources): OrgProduct[] {
    return products(sku).map(([key, active, company]) => {
      const id = text(key);
      const rows = stock.all(sources.idOf(wanted.stock), id);
      return {
        id,
        active: active === 1,
        company: textOrNull(company),
        price: entryOf(wanted.prices, id),
        lists: Object.fromEntries(wanted.lists.map(({ list, source }) => [list, entryOf(source, id)])),
        stock: rows.map((quantity) => decimalOrNullAt(quantity, 'quantity')),
      };
    });
  }

  return {
    of: async (skus, wanted) =>
      skus.map((sku) => ({ sides: comparison.one(sku), products: productsOf(sku, wanted) })),
  };
}
