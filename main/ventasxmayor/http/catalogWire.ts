import { z } from 'zod';
import { refusalCodes } from '../../../contract/catalog';
import { canonical, type Decimal, isDecimal } from '../../../contract/decimal';
import type { StoreProduct } from '../../engine/catalog/compare';
import type { WriteResult } from '../../engine/catalog/ports';

/**
 * A product of docs/store-api.yaml. Checked by hand: a schema takes ten times as long, and a catalogue has hundreds of
 * thousands of them.
 */
export const productSchema = z.unknown().transform((raw, context): StoreProduct => {
  const product = productOf(raw);
  if (product !== null) return product;
  context.addIssue(noProduct(raw));
  return z.NEVER;
});

const productsSchema = z
  .array(z.unknown())
  .max(5_000)
  .transform((all, context): StoreProduct[] => {
    const products: StoreProduct[] = [];
    for (const [index, raw] of all.entries()) {
      const product = productOf(raw);
      if (product === null) context.addIssue({ ...noProduct(raw), path: [index] });
      else products.push(product);
    }
    return products;
  });

/** With enough of it to find it by. */
const noProduct = (raw: unknown) => ({
  code: 'custom' as const,
  message: `no product with SKU, stock and price: ${(JSON.stringify(raw) ?? '').slice(0, 200)}`,
});

function productOf(raw: unknown): StoreProduct | null {
  if (!isRecord(raw)) return null;
  const { sku, name, stock, price, prices } = raw;
  if (typeof sku !== 'string' || sku === '' || sku.length > longestSku) return null;
  if (!isText(name) || !isAmount(stock) || !(isBlank(price) || isAmount(price))) return null;
  const lists = listsOf(prices);
  if (lists === null) return null;
  // A price that is blank is none; it is not zero.
  const general = isBlank(price) ? null : canonical(price);
  return { sku, name: name ?? '', stock: canonical(stock), price: general, lists };
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
const isText = (value: unknown): value is string | null => typeof value === 'string' || value === null;

export const productPageSchema = z.object({
  products: productsSchema,
  cursor: z.string().max(2_000),
  more: z.boolean(),
  asOf: z.iso.datetime({ offset: true }).optional(),
});
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
