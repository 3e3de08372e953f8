import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import { type BothSides, compare, type StoreProduct } from '../../../main/engine/catalog/compare';
import type { Mirror } from '../../../main/engine/catalog/ports';
import type { Target } from '../../../main/engine/catalog/target';
import { openCatalogDatabase } from '../../../main/storage/catalog/database';
import { createMirror } from '../../../main/storage/catalog/mirror';

const decimal = (value: number) => decimalSchema.parse(String(value));
const sku = fc.integer({ min: 0, max: 12 }).map((index) => `SKU-${index}`);
const amount = fc.integer({ min: 0, max: 2 }).map(decimal);
const lists = fc.dictionary(fc.constantFrom('gremio', 'mayor'), amount, { maxKeys: 2 });
const product: fc.Arbitrary<StoreProduct> = fc.record({
  sku,
  name: fc.constant('name'),
  stock: fc.option(amount),
  price: fc.option(amount),
  lists,
});
const target: fc.Arbitrary<Target> = fc.record({
  sku,
  stock: fc.option(amount),
  price: fc.option(amount),
  lists,
  notes: fc.constantFrom([], [], [], ['noPrice' as const]),
});
/** What may happen between two plans. */
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('changes' as const),
    products: fc.array(product, { maxLength: 6 }),
    broken: fc.array(sku, { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('whole' as const),
    products: fc.array(product, { maxLength: 12 }),
    broken: fc.array(sku, { maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('product' as const), sku, product: fc.option(product) }),
  fc.record({ kind: fc.constant('unreadable' as const), sku }),
  fc.record({
    kind: fc.constant('targets' as const),
    targets: fc.uniqueArray(target, { maxLength: 6, selector: (one) => one.sku }),
  }),
  fc.record({ kind: fc.constant('gone' as const), sku }),
  fc.record({ kind: fc.constant('aim' as const), rules: fc.constantFrom('one', 'other') }),
  fc.record({ kind: fc.constant('plan' as const) }),
  fc.record({ kind: fc.constant('brokenOff' as const), after: fc.integer({ min: 1, max: 3 }) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

const sources = {
  prices: { kind: 'prices', priceBookId: 'book', currency: null },
  lists: [],
  stock: { kind: 'stock', warehouses: null },
} as const;

/** A mirror whose SKUs are thought over as the test wants it. */
interface House {
  mirror: Mirror;
  wanted: Map<string, Target>;
}

const never = new AbortController().signal;
const nothingWanted = { stock: null, price: null, lists: {}, notes: [] };

/** The org's products change, each of which has its SKU for an id, and are thought over when they next are. */
async function changeOrg(mirror: Mirror, skus: readonly string[], gone: boolean): Promise<void> {
  const intake = await mirror.intakeProducts(false);
  // A change that says nothing new would not be noted.
  const company = `company ${changes++}`;
  await intake.take(skus.map((code) => ({ id: code, sku: code, active: true, company, gone })));
  await intake.finish({ mark: null, at: 1 });
}
let changes = 0;

const look = ({ mirror, wanted }: House) =>
  mirror.worthALook(({ sku: code }) => ({ ...nothingWanted, ...wanted.get(code), sku: code }), never);

const brokenProduct = (code: string) => ({ sku: code, told: '', notes: ['storeStockInvalid' as const] });

async function happen(house: House, what: Happening): Promise<void> {
  const { mirror, wanted } = house;
  switch (what.kind) {
    case 'changes':
    case 'whole': {
      const intake = await mirror.intakeStore(what.kind === 'whole');
      await intake.take(what.products);
      await intake.setAside(what.broken.map(brokenProduct));
      return intake.finish({ mark: null, at: 1 });
    }
    case 'product':
      return mirror.noteStore(
        what.sku,
        what.product === null
          ? { kind: 'none' }
          : { kind: 'product', product: { ...what.product, sku: what.sku } },
      );
    case 'unreadable':
      return mirror.noteStore(what.sku, { kind: 'unreadable', product: brokenProduct(what.sku) });
    case 'targets':
      for (const one of what.targets) wanted.set(one.sku, one);
      return changeOrg(
        mirror,
        what.targets.map((one) => one.sku),
        false,
      );
    case 'gone':
      return changeOrg(mirror, [what.sku], true);
    case 'aim':
      return mirror.aim(sources, what.rules);
    case 'plan':
      return void (await looked(house));
    case 'brokenOff': {
      let stretches = 0;
      for await (const _part of look(house)) {
        stretches += 1;
        if (stretches === what.after) return;
      }
    }
  }
}

async function looked(house: House): Promise<string[]> {
  const skus: string[] = [];
  for await (const { rows } of look(house)) skus.push(...rows.map((row) => row.sku));
  return skus.sort();
}

/** The same from all SKUs of both sides. */
async function expected(mirror: Mirror): Promise<string[]> {
  const store = await mirror.compareStore('', 1_000);
  const alone = await mirror.compareOrgAlone('', 1_000);
  return [...store.rows.filter(hasSomethingToSay), ...alone.rows].map((row) => row.sku).sort();
}

function hasSomethingToSay(sides: BothSides): boolean {
  const rules = { missingInOrg: 'leave', inactive: 'leave', duplicates: 'leave' } as const;
  const { change, notes } = compare(sides, { part: 'both', match: rules });
  const { repeated, unreadable } = sides;
  return change !== null || notes.length > 0 || repeated || unreadable.length > 0;
}

/** The store has a list more than the price books feed. */
const unfedList: Happening[] = [
  {
    kind: 'targets',
    targets: [{ sku: 'SKU-2', stock: null, price: null, lists: { gremio: decimal(0) }, notes: [] }],
  },
  {
    kind: 'changes',
    broken: [],
    products: [
      {
        sku: 'SKU-2',
        name: 'name',
        stock: null,
        price: null,
        lists: { gremio: decimal(0), mayor: decimal(0) },
      },
    ],
  },
];

it('looks again at all that has changed, whatever happened in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 12 }), fc.nat({ max: 4 }), async (happenings, dice) => {
      const folder = mkdtempSync(join(tmpdir(), 'puente-'));
      const catalog = openCatalogDatabase(
        join(folder, 'catalog.db'),
        () => undefined,
        dice === 0 ? 0 : undefined,
      );
      const mirror = createMirror(catalog, { thoughtOver: 1, compared: 2 });
      const house: House = { mirror, wanted: new Map() };
      try {
        await mirror.aim(sources, 'one');
        for (const what of happenings) {
          await happen(house, what);
          if (what.kind === 'plan') expect(await looked(house)).toEqual(await expected(mirror));
        }
        const found = new Set(await looked(house));
        for (const one of await expected(mirror)) expect(found).toContain(one);
        expect(await looked(house)).toEqual(await expected(mirror));
      } finally {
        await catalog.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    {
      numRuns: 100,
      examples: [
        [[...unfedList], 0],
        [[...unfedList, { kind: 'plan' }, { kind: 'aim', rules: 'other' }], 1],
      ],
    },
  );
});
