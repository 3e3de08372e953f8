import type { FoundProduct } from '../../engine/catalog/ports';
import { fold } from '../rows';
import { textAt } from './columns';
import { breathe, type CatalogDatabase } from './database';

/** A few milliseconds each. */
const rowsAtOnce = 1_000;

/** Finds products of the store by a part of their SKU or name, whatever the case and the accents. */
export function createStoreSearch({ db }: CatalogDatabase) {
  const exact = db.prepare('SELECT sku, name FROM store WHERE sku = ?');
  const stretch = db.prepare('SELECT sku, name FROM store WHERE sku > ? ORDER BY sku LIMIT ?');
  const productOf = (row: unknown): FoundProduct => ({ sku: textAt(row, 'sku'), name: textAt(row, 'name') });

  return async (text: string, limit: number): Promise<FoundProduct[]> => {
    const wanted = fold(text.trim());
    const found = exact.all(text.trim()).map(productOf);
    const itself = found[0]?.sku;
    for (let after = ''; found.length < limit; ) {
      const products = stretch.all(after, rowsAtOnce).map(productOf);
      const last = products.at(-1);
      if (last === undefined) break;
      for (const product of products)
        if (product.sku !== itself && fold(`${product.sku} ${product.name}`).includes(wanted))
          found.push(product);
      after = last.sku;
      await breathe();
    }
    return found.slice(0, limit);
  };
}
