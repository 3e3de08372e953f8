import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import type { Mirror, StockRow } from '../../../main/engine/catalog/ports';
import { type CatalogDatabase, openCatalogDatabase } from '../../../main/storage/catalog/database';
import { createMirror } from '../../../main/storage/catalog/mirror';

const sources = {
  prices: { kind: 'prices', priceBookId: 'book', currency: null },
  lists: [],
  stock: { kind: 'stock', warehouses: null },
} as const;

let folder: string;
let catalog: CatalogDatabase;
let mirror: Mirror;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'puente-'));
  catalog = openCatalogDatabase(join(folder, 'catalog.db'), (error) => expect.fail(String(error)));
  mirror = createMirror(catalog);
  await mirror.aim(sources, 'rules');
  const products = await mirror.intakeProducts(true);
  await products.take(
    ['A', 'B', 'C'].map((sku) => ({ id: `p${sku}`, sku, active: true, company: null, gone: false })),
  );
  await products.finish({ mark: null, at: 1 });
});
afterEach(async () => {
  await catalog.close();
  rmSync(folder, { recursive: true, force: true });
});

const row = (id: string, product: string, quantity: number): StockRow => ({
  id,
  product,
  quantity: decimalSchema.parse(String(quantity)),
  gone: false,
});

async function read(full: boolean, ...rows: StockRow[]): Promise<void> {
  const intake = await mirror.intakeStock(sources.stock, full);
  await intake.take(rows);
  await intake.finish({ mark: null, at: 1 });
}

/** The stock that the SKUs are known to have, of those that were thought over. */
async function thoughtOver(): Promise<Record<string, unknown>> {
  const stock: Record<string, unknown> = {};
  await mirror.thinkOver(({ sku, products }) => {
    stock[sku] = products.flatMap((product) => product.stock).sort();
    return { sku, stock: null, price: null, lists: {}, notes: [] };
  }, new AbortController().signal);
  return stock;
}

it('leaves the product that it was of when it is given to another one', async () => {
  await read(true, row('one', 'pA', 5), row('two', 'pA', 3), row('three', 'pB', 1));
  expect(await thoughtOver()).toEqual({ A: ['3', '5'], B: ['1'], C: [] });
  await read(false, row('one', 'pB', 5), row('new', 'pC', 9));
  expect(await thoughtOver()).toEqual({ A: ['3'], B: ['1', '5'], C: ['9'] });
  await read(false, row('one', 'pB', 6));
  expect(await thoughtOver()).toEqual({ B: ['1', '6'] });
});

it('is not taken from what another choice of warehouses has read', async () => {
  await read(true, row('one', 'pA', 5));
  await thoughtOver();
  const other = await mirror.intakeStock({ kind: 'stock', warehouses: ['w'] }, false);
  await other.take([row('one', 'pB', 5)]);
  await other.finish({ mark: null, at: 1 });
  await mirror.aim(sources, 'rules thought over anew');
  expect(await thoughtOver()).toEqual({ A: ['5'], B: [], C: [] });
});
