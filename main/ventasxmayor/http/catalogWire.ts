import { z } from 'zod';
import { refusalCodes, type UnreadableNote } from '../../../contract/catalog';
import { canonical, type Decimal, isDecimal } from '../../../contract/decimal';
import type { StoreProduct } from '../../engine/catalog/compare';
import type { WriteResult } from '../../engine/catalog/ports';
import type { InStore, UnreadableProduct } from '../../engine/catalog/unreadable';

/** One product by itself: an answer that is none at all is a mistake of the store's, not of the product. */
export const inStoreSchema = z.unknown().transform((raw, context): InStore => {
  const product = productOf(raw);
  if (product !== null) return { kind: 'product', product };
  if (isRecord(raw)) return { kind: 'unreadable', product: unreadableOf(raw) };
  context.addIssue({ code: 'custom', message: `no product: ${pieceOf(raw)}` });
  return z.NEVER;
});

const productsSchema = z
  .array(z.unknown())
  .max(5_000)
  .transform((all) => {
    const products: StoreProduct[] = [];
    const unreadable: UnreadableProduct[] = [];
    for (const raw of all) {
      const product = productOf(raw);
      if (product === null) unreadable.push(unreadableOf(raw));
      else products.push(product);
    }
    return { products, unreadable };
  });

/** Enough of it to find it by. */
const pieceOf = (raw: unknown): string => (JSON.stringify(raw) ?? '').slice(0, 200);

/**
 * A product of docs/store-api.yaml; null where it is none. Checked by hand: a schema takes ten times as long, and a
 * catalogue has hundreds of thousands of them.
 */
function productOf(raw: unknown): StoreProduct | null {
  if (!isRecord(raw)) return null;
  const { sku, name, stock, price, prices } = raw;
  if (!isSku(sku) || !isText(name) || !isAmount(stock) || !isPrice(price)) return null;
  const lists = listsOf(prices);
  if (lists === null) return null;
  // A price that is blank is none; it is not zero.
  const general = isBlank(price) ? null : canonical(price);
  return { sku, name: name ?? '', stock: canonical(stock), price: general, lists };
}

/** What is wrong with an entry that is no product. */
function unreadableOf(raw: unknown): UnreadableProduct {
  const { sku, name, stock, price, prices } = isRecord(raw) ? raw : {};
  // A SKU that came as a number is no SKU to go by, but says which product it is.
  const told = typeof sku === 'number' ? String(sku) : sku;
  const notes: UnreadableNote[] = [];
  if (!isSku(sku)) notes.push('storeSkuInvalid');
  if (!isText(name)) notes.push('storeNameInvalid');
  if (!isAmount(stock)) notes.push('storeStockInvalid');
  if (!isPrice(price)) notes.push('storePriceInvalid');
  if (listsOf(prices) === null) notes.push('storeListsInvalid');
  const called = isText(name) ? (name ?? '').trim() : '';
  if (!isSku(told)) return { sku: null, told: called === '' ? pieceOf(raw) : called, notes };
  return { sku: told, told: called, notes };
}

function listsOf(raw: unknown): Record<string, Decimal> | null {
  if (raw === undefined || raw === null) return {};
  if (!isRecord(raw)) return null;
  const lists: Record<string, Decimal> = {};
  for (const list of Object.keys(raw)) {
    const price = raw[list];
    if (!isAmount(price)) return null;
    lists[list] = canonical(price);
  }
  return lists;
}

const longestSku = 255;
const isRecord = (value: unknown): value is Partial<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const isAmount = (value: unknown): value is Decimal => typeof value === 'string' && isDecimal(value);
const isBlank = (value: unknown): value is '' | null => value === '' || value === null;
const isPrice = (value: unknown): value is '' | null | Decimal => isBlank(value) || isAmount(value);
const isSku = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= longestSku;
const isText = (value: unknown): value is string | null => typeof value === 'string' || value === null;

export const productPageSchema = z
  .object({
    products: productsSchema,
    cursor: z.string().max(2_000),
    more: z.boolean(),
    asOf: z.iso.datetime({ offset: true }).optional(),
  })
  .transform(({ products: entries, ...place }) => ({ entries, ...place }));
export type ProductPage = z.output<typeof productPageSchema>;

export const listsSchema = z.object({
  lists: z.array(z.object({ id: z.string().min(1).max(80), name: z.string().max(255) })).max(200),
});

const resultSchema = z.object({
  sku: z.string(),
  status: z.enum(['updated', 'unchanged', 'refused']),
  code: z.enum(refusalCodes).catch('other').optional(),
  message: z.string().max(4_000).optional(),
});
export const batchResultSchema = z.object({ results: z.array(resultSchema) });

export function resultOf({ status, code, message }: z.output<typeof resultSchema>): WriteResult {
  if (status !== 'refused') return { kind: 'written' };
  return { kind: 'refused', code: code ?? 'other', message: message ?? '' };
}
