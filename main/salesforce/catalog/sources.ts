import type { PriceScope, StockScope } from '../../engine/catalog/orgScope';
import type { PriceRow, ProductRow, StockRow } from '../../engine/catalog/ports';
import type { Profile } from '../profile';
import { soqlList, soqlText } from '../soql';
import type { Membership, RowSource } from './rowSource';
import { decimalOf, flagOf, textOf, textOrNull } from './values';

/** All products that have a SKU, whatever their company: the rules say whose are ours. */
export function productSource({ product }: Profile): RowSource<ProductRow> {
  const { object, sku, active, company } = product;
  return {
    object,
    where: null,
    membership: { condition: `${sku} != null`, field: sku, isMember: (code) => textOrNull(code) !== null },
    fields: ['Id', sku, active, ...(company === null ? [] : [company])],
    read: ([id, code, isActive, owner], gone) => ({
      id: textOf(id),
      // One that has lost its SKU is gone.
      sku: gone ? (textOrNull(code) ?? '') : textOf(code),
      active: flagOf(isActive),
      company: textOrNull(owner),
      gone,
    }),
  };
}

/** The entries of a price book, in one currency where the org has several. */
export function priceSource(
  { priceEntry }: Profile,
  scope: Pick<PriceScope, 'currency'>,
  priceBookId: string,
): RowSource<PriceRow> {
  const { object, priceBook, product, unitPrice, active, currency } = priceEntry;
  const inCurrency = scope.currency === null ? '' : ` AND ${currency} = ${soqlText(scope.currency)}`;
  return {
    object,
    where: `${priceBook} = ${soqlText(priceBookId)}${inCurrency}`,
    membership: null,
    fields: [product.field, unitPrice, active],
    read: ([id, price, isActive], gone) => ({
      product: textOf(id),
      price: decimalOf(price),
      active: flagOf(isActive),
      gone,
    }),
  };
}

/** Stock of the warehouses that count; several rows of one product and place are added up by the rules. */
export function stockSource(profile: Profile, { warehouses }: StockScope): RowSource<StockRow> {
  const { object, product, quantity } = profile.stock;
  return {
    object,
    where: null,
    membership: stockMembership(profile, warehouses),
    fields: ['Id', product.field, quantity],
    read: ([id, productId, count], gone) => ({
      id: textOf(id),
      product: textOf(productId),
      quantity: decimalOf(count),
      gone,
    }),
  };
}

/** Null where all stock counts. */
export function stockMembership(
  { stock, warehouse }: Profile,
  warehouses: readonly string[] | null,
): Membership | null {
  const { field, relation } = stock.warehouse;
  const [only] = warehouses ?? [];
  if (warehouses !== null && only !== undefined)
    return {
      condition:
        warehouses.length === 1 ? `${field} = ${soqlText(only)}` : `${field} IN ${soqlList(warehouses)}`,
      field,
      isMember: (place) => warehouses.some((id) => id === place),
    };
  if (warehouse.forSale === null) return null;
  const forSale = `${relation}.${warehouse.forSale}`;
  return { condition: `${forSale} = true`, field: forSale, isMember: flagOf };
}
