import type { OrgCore } from './core';
import { toScaled } from './decimal';

export interface NewProduct {
  sku: string;
  name: string;
  /** Decimal text, e.g. `1234.50`. */
  price: string;
  company?: string;
}

export interface AddedProducts {
  added: number;
  /** Their SKU was in the org already. */
  skipped: number;
}

/** Creates products as an admin's import would: product, standard price, then a price in every other book. */
export function addProducts(org: OrgCore, items: readonly NewProduct[]): AddedProducts {
  const product = org.table('Product2');
  const entry = org.table('PricebookEntry');
  const books = org.db
    .all('SELECT "Id" FROM "Pricebook2" WHERE "IsDeleted" = 0 ORDER BY "IsStandard" DESC, "Id"')
    .map((row) => String(row['Id']));
  let added = 0;
  org.db.atomic(() => {
    for (const item of items) {
      if (
        org.db.get(
          'SELECT 1 AS found FROM "Product2" WHERE "StockKeepingUnit" = ? COLLATE BINARY AND "IsDeleted" = 0',
          item.sku,
        )
      ) {
        continue;
      }
      const price = toScaled(item.price, 2);
      if (price === null || Number.isNaN(price))
        throw new RangeError(`not a price: ${item.price} (${item.sku})`);
      const name = item.name.slice(0, 255) || item.sku;
      const productId = org.records.insert(product, {
        Name: name,
        ProductCode: item.sku,
        StockKeepingUnit: item.sku,
        IsActive: 1,
        Puente_Company__c: item.company ?? null,
      });
      for (const bookId of books) {
        org.records.insert(entry, {
          Name: name,
          ProductCode: item.sku,
          Pricebook2Id: bookId,
          Product2Id: productId,
          UnitPrice: price,
          IsActive: 1,
        });
      }
      added++;
    }
  });
  return { added, skipped: items.length - added };
}
