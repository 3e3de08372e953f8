import { z } from 'zod';
import { ok, type Result } from '../../../contract/problem';
import type { PriceMatch } from '../../engine/ports';
import { columns } from '../columns';
import type { Profile } from '../profile';
import { type Caller, queryChunks } from '../query';
import { chunkForList, soqlList, soqlText } from '../soql';

/** A price book in one currency (null where the org has only one). */
export interface PriceScope {
  priceBookId: string;
  currency: string | null;
}

/** What the price book holds for each SKU, asked for in lists that fit a query's address. */
export async function findPriceEntries(
  session: Caller,
  profile: Profile,
  scope: PriceScope,
  skus: readonly string[],
  signal: AbortSignal,
): Promise<Result<Map<string, PriceMatch>>> {
  const { object, priceBook, product, active, currency } = profile.priceEntry;
  const sku = `${product.relation}.${profile.product.sku}`;
  const { select, row } = columns({
    entryId: { path: 'Id', as: z.string() },
    productId: { path: product.field, as: z.string() },
    sku: { path: sku, as: z.string().nullable() },
    entryActive: { path: active, as: z.boolean() },
    productActive: { path: `${product.relation}.${profile.product.active}`, as: z.boolean() },
  });
  const currencyIs = scope.currency === null ? '' : ` AND ${currency} = ${soqlText(scope.currency)}`;
  const rows = await queryChunks(
    session,
    chunkForList(skus),
    (values) =>
      `SELECT ${select} FROM ${object} WHERE ${priceBook} = ${soqlText(scope.priceBookId)}${currencyIs} AND ${sku} IN ${soqlList(values)}`,
    row,
    signal,
  );
  return rows.ok ? ok(matchEntries(skus, rows.value)) : rows;
}

export interface EntryRow {
  entryId: string;
  productId: string;
  sku: string | null;
  entryActive: boolean;
  productActive: boolean;
}

/**
 * One match for each SKU. SOQL finds `ab-1` for `AB-1`, so the comparison is made again here, exactly.
 * A switched-off product does not make an active one of the same SKU ambiguous.
 */
export function matchEntries(skus: readonly string[], rows: readonly EntryRow[]): Map<string, PriceMatch> {
  const bySku = new Map<string, EntryRow[]>();
  for (const row of rows) {
    if (row.sku === null) continue;
    const others = bySku.get(row.sku);
    if (others === undefined) bySku.set(row.sku, [row]);
    else others.push(row);
  }
  return new Map(skus.map((sku) => [sku, matchOf(bySku.get(sku) ?? [])]));
}

function matchOf(rows: readonly EntryRow[]): PriceMatch {
  if (rows.length === 0) return { kind: 'none' };
  const usable = rows.filter((row) => row.entryActive && row.productActive);
  const [first] = usable;
  if (first === undefined) return { kind: 'inactive' };
  const products = new Set(usable.map((row) => row.productId)).size;
  return products === 1 ? { kind: 'one', entryId: first.entryId } : { kind: 'many', count: products };
}
