import { z } from 'zod';
import { ok, type Result } from '../../../contract/problem';
import type { FoundProduct, NamedOrgProduct, OrgScope } from '../../engine/catalog/ports';
import type { PriceEntry } from '../../engine/catalog/price';
import { columns } from '../columns';
import type { Profile } from '../profile';
import { type Caller, queryAll, queryChunks } from '../query';
import { chunkForList, soqlList, soqlText } from '../soql';
import { priceSource, stockMembership } from './sources';
import { decimalOf } from './values';

const number = z.number().nullable().transform(decimalOf);

/** The products that carry this SKU exactly, with prices and stock as they are now: one call where queries are gathered. */
export async function lookUpSku(
  session: Caller,
  profile: Profile,
  scope: OrgScope,
  sku: string,
  signal: AbortSignal,
): Promise<Result<NamedOrgProduct[]>> {
  const { product, priceEntry, stock } = profile;
  const carries = (relation: string) => `${relation}.${product.sku} = ${soqlText(sku)}`;
  const products = columns({
    id: { path: 'Id', as: z.string() },
    sku: { path: product.sku, as: z.string() },
    name: { path: product.name, as: z.string() },
    active: { path: product.active, as: z.boolean() },
    company: { path: product.company, as: z.string().nullable() },
  });
  const prices = columns({
    book: { path: priceEntry.priceBook, as: z.string() },
    product: { path: priceEntry.product.field, as: z.string() },
    price: { path: priceEntry.unitPrice, as: number },
    active: { path: priceEntry.active, as: z.boolean() },
  });
  const stocks = columns({
    product: { path: stock.product.field, as: z.string() },
    quantity: { path: stock.quantity, as: number },
  });
  const books = [scope.priceBook, ...scope.lists.map(({ priceBook }) => priceBook)].map(({ id }) => id);
  const inCurrency =
    scope.currency === null ? '' : ` AND ${priceEntry.currency} = ${soqlText(scope.currency)}`;
  const inStock = stockMembership(profile, scope.stockOf)?.condition ?? null;
  const [found, entries, rows] = await Promise.all([
    queryAll(
      session,
      `SELECT ${products.select} FROM ${product.object} WHERE ${product.sku} = ${soqlText(sku)}`,
      products.row,
      signal,
    ),
    queryAll(
      session,
      `SELECT ${prices.select} FROM ${priceSource(profile, scope, '').object} WHERE ${priceEntry.priceBook} IN ${soqlList(books)} AND ${carries(priceEntry.product.relation)}${inCurrency}`,
      prices.row,
      signal,
    ),
    queryAll(
      session,
      `SELECT ${stocks.select} FROM ${stock.object} WHERE ${carries(stock.product.relation)}${inStock === null ? '' : ` AND ${inStock}`}`,
      stocks.row,
      signal,
    ),
  ]);
  if (!found.ok) return found;
  if (!entries.ok) return entries;
  if (!rows.ok) return rows;
  const entryOf = (book: string, id: string): PriceEntry | null => {
    const entry = entries.value.find((one) => one.book === book && one.product === id);
    return entry === undefined ? null : { price: entry.price, active: entry.active };
  };
  // SOQL takes `ab-1` for `AB-1`: only the very same SKU is meant.
  const exact = found.value.filter((one) => one.sku === sku);
  return ok(
    exact.map(({ id, name, active, company }) => ({
      id,
      name,
      active,
      company,
      price: entryOf(scope.priceBook.id, id),
      lists: Object.fromEntries(scope.lists.map(({ list, priceBook }) => [list, entryOf(priceBook.id, id)])),
      stock: rows.value.filter((row) => row.product === id).map(({ quantity }) => quantity),
    })),
  );
}

/** The names of the products that carry these SKUs exactly: one call where queries are gathered. */
export async function lookUpNames(
  session: Caller,
  { product }: Profile,
  skus: readonly string[],
  signal: AbortSignal,
): Promise<Result<Map<string, string>>> {
  const { select, row } = columns({
    sku: { path: product.sku, as: z.string() },
    name: { path: product.name, as: z.string() },
  });
  const soqlFor = (some: string[]) =>
    `SELECT ${select} FROM ${product.object} WHERE ${product.sku} IN ${soqlList(some)}`;
  const found = await queryChunks(session, chunkForList(skus), soqlFor, row, signal);
  return found.ok ? ok(new Map(found.value.map(({ sku, name }) => [sku, name]))) : found;
}

/** Products whose SKU or name contains the text. */
export async function searchProducts(
  session: Caller,
  { product }: Profile,
  text: string,
  limit: number,
  signal: AbortSignal,
): Promise<Result<FoundProduct[]>> {
  const { select, row } = columns({
    sku: { path: product.sku, as: z.string() },
    name: { path: product.name, as: z.string() },
  });
  // The wildcards' own escapes belong to LIKE and are not escaped again (SOQL and SOSL Reference, "LIKE").
  const pattern = `'%${soqlText(text).slice(1, -1).replace(/[%_]/g, '\\$&')}%'`;
  return queryAll(
    session,
    `SELECT ${select} FROM ${product.object} WHERE ${product.sku} != null AND (${product.sku} LIKE ${pattern} OR ${product.name} LIKE ${pattern}) ORDER BY ${product.sku} LIMIT ${limit}`,
    row,
    signal,
  );
}
