import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemRuleSchema } from '../../../contract/catalogRules';
import { decimalSchema } from '../../../contract/decimal';
import type { StoreProduct } from '../../../main/engine/catalog/compare';
import type { Mirror, Think } from '../../../main/engine/catalog/ports';
import type { SkuFacts } from '../../../main/engine/catalog/target';
import { type CatalogDatabase, openCatalogDatabase } from '../../../main/storage/catalog/database';
import { createMirror } from '../../../main/storage/catalog/mirror';
import { createRunBook } from '../../../main/storage/catalog/runs';
import { someRun } from '../../support/runs';

const never = new AbortController().signal;
const one = decimalSchema.parse('1');
const two = decimalSchema.parse('2');
const sources = {
  prices: { kind: 'prices', priceBookId: 'book', currency: null },
  lists: [],
  stock: { kind: 'stock', warehouses: null },
} as const;
const think: Think = ({ sku }) => ({ sku, stock: one, price: null, lists: {}, notes: [] });
const product = (stock = one): StoreProduct => ({ sku: 'A', name: 'Taza', stock, price: null, lists: {} });

let folder: string;
let catalog: CatalogDatabase;
let mirror: Mirror;
/** Comes between what was read and what is then written. */
let beforeWriting: (() => Promise<void>) | null = null;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'puente-'));
  // In threads: only there does anything come in between.
  catalog = openCatalogDatabase(join(folder, 'catalog.db'), (error) => expect.fail(String(error)), 0);
  mirror = createMirror({
    ...catalog,
    hand(much) {
      const hand = catalog.hand(much);
      return {
        ...hand,
        async write(pieces) {
          const act = beforeWriting;
          beforeWriting = null;
          await act?.();
          return hand.write(pieces);
        },
      };
    },
  });
  await mirror.aim(sources, 'rules');
  await changeProduct('one');
  await changeStore(product());
  expect(await looked()).toEqual([]);
});
afterEach(async () => {
  await catalog.close();
  rmSync(folder, { recursive: true, force: true });
});

async function changeProduct(company: string): Promise<void> {
  const intake = await mirror.intakeProducts(false);
  await intake.take([{ id: 'a', sku: 'A', active: true, company, gone: false }]);
  await intake.finish({ mark: null, at: 1 });
}

async function changeStore(changed: StoreProduct): Promise<void> {
  const intake = await mirror.intakeStore(false);
  await intake.take([changed]);
  await intake.finish({ mark: null, at: 1 });
}

async function looked(): Promise<string[]> {
  const skus: string[] = [];
  for await (const { rows } of mirror.worthALook(think, never)) skus.push(...rows.map(({ sku }) => sku));
  return skus;
}

describe('what changes while the mirror is at work in its threads', () => {
  it('is not overlooked: the rule of a product that is being thought over', async () => {
    await changeProduct('other');
    const rule = itemRuleSchema.parse({ excluded: true });
    const seen: SkuFacts['item'][] = [];
    let setting: Promise<void> | null = null;
    const thinkAndSet: Think = (facts) => {
      seen.push(facts.item);
      setting ??= mirror.setItemRule('A', rule);
      return think(facts);
    };
    await mirror.thinkOver(thinkAndSet, never);
    await setting;
    await mirror.thinkOver(thinkAndSet, never);
    expect(seen).toEqual([null, rule]);
  });

  it('is not overlooked: a product of the store that is being looked at', async () => {
    await changeStore(product(two));
    await changeStore(product(one));
    beforeWriting = () => mirror.noteStore('A', { kind: 'product', product: product(two) });
    expect(await looked()).toEqual([]);
    expect(await looked()).toEqual(['A']);
  });

  it('does not undo one another: rows of one part that are settled at the same time', async () => {
    const runs = createRunBook(catalog);
    const id = await runs.create(someRun());
    const stock = { old: null, new: one };
    const names = ['A', 'B', 'C', 'D', 'E'];
    await runs.addRows(
      id,
      names.map((sku) => ({ sku, name: '', stock, price: null, lists: [], state: 'pending' })),
    );
    const { rows } = await runs.rowsIn(id, 'pending', 0, 10);
    const refused = new Map([['C', { code: 'locked' as const, message: '' }]]);
    await Promise.all([
      runs.settle(id, rows.slice(0, 2), new Map()),
      runs.settle(id, rows.slice(2, 4), refused),
      runs.supersede(id, 'E', { stock, price: null, lists: [] }),
    ]);
    const counts = { pending: 0, applied: 3, refused: 1, superseded: 1, drifted: 0 };
    expect(await runs.countRows(id)).toEqual(counts);
    const states = [];
    for await (const row of runs.walk(id, { filter: 'all', search: '' })) states.push(row.state);
    expect(states).toEqual(['applied', 'applied', 'refused', 'applied', 'superseded']);
  });

  it('leaves a row what it has beyond an update of its own, wherever it stands', async () => {
    const runs = createRunBook(catalog);
    const id = await runs.create(someRun());
    const change = { old: null, new: one };
    const lists = [{ list: 'vip', ...change }];
    const names = Array.from({ length: 450 }, (_name, index) => `"Ñ'${index}`);
    await runs.addRows(
      id,
      names.map((sku) => ({
        sku,
        name: 'Té "negro"',
        stock: change,
        price: change,
        lists,
        state: 'pending',
      })),
    );
    const sku = names[433] ?? '';
    const { rows } = await runs.rowsIn(id, 'pending', 0, 500);
    await runs.supersede(id, sku, { stock: null, price: change, lists });
    const after = await runs.rowsIn(id, 'pending', 0, 500);
    expect(after.rows).toEqual(
      rows.map((row) => (row.sku === sku ? { ...row, price: null, lists: [] } : row)),
    );
    expect(await runs.countRows(id)).toMatchObject({ pending: 450, superseded: 0 });
    await runs.supersede(id, sku, { stock: change, price: null, lists: [] });
    expect(await runs.countRows(id)).toMatchObject({ pending: 449, superseded: 1 });
  });
});
