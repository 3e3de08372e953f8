import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../contract/catalog';
import { itemRuleSchema } from '../../../contract/catalogRules';
import { decimalSchema } from '../../../contract/decimal';
import { createRandom, type Random } from '../../../sandbox/seed/random';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';
import { expectNothingHalfTold } from '../../support/catalogTruth/account';
import {
  differences,
  expectedValues,
  type OracleWorld,
  storeValues,
} from '../../support/catalogTruth/oracle';
import { rollWorld } from '../../support/catalogTruth/rules';
import { stirOrg, stirOwners, stirPlaces, stirStore } from '../../support/catalogTruth/stir';
import { buildCrookedWorld, type CrookedWorld } from '../../support/catalogTruth/world';

const hourMs = 3_600_000;
const products = 130;
const seeds = Array.from({ length: 8 }, (_unused, index) => index + 1);
const noGuard = { toZeroPercent: null, priceMovePercent: null, missingPercent: null };

let work: CatalogAtWork;
afterEach(() => work.stop());

/** Half of the houses are small to the program, half so large that its threads have their part. */
const begin = (seed: number) =>
  beforeEach(async () => {
    work = await startCatalog({ content: 'empty' }, seed % 2 === 0 ? { threadsAbove: 0 } : {});
  });

async function setUp(dice: Random): Promise<{ house: CrookedWorld; world: OracleWorld }> {
  const house = buildCrookedWorld(work.sandbox, dice, products);
  const world = rollWorld(dice, house.skus);
  work.setRules({ ...world.rules, guard: noGuard });
  for (const [sku, rule] of world.items)
    await work.catalog.oneProduct.setRule(sku, itemRuleSchema.parse(rule));
  for (const [sku, units] of world.open) work.openUnits.set(sku, decimalSchema.parse(units));
  work.sandbox.store.setSwitches({ productFlaws: { duplicated: [...world.repeated] } });
  return { house, world };
}

/** An update to its end; a guard that cannot be switched off is agreed to. */
async function update({ choice }: OracleWorld, reading: 'auto' | 'full'): Promise<Run> {
  const { warehouse, companies, part } = choice;
  const run = await work.update({ warehouse, companies: [...companies], part, reading }, true);
  if (run.status.state !== 'planned') return run;
  await work.catalog.updates.agree(run.id);
  return work.until('done');
}

describe.each(seeds)('a crooked house, seed %i', (seed) => {
  begin(seed);

  it('has in its store what the rules say, product by product', async () => {
    const dice = createRandom(seed);
    const { house, world } = await setUp(dice);

    const wanted = expectedValues(work.sandbox, world);
    const first = await update(world, 'full');
    expect(first.status).toMatchObject({ state: 'done', refused: 0, left: 0 });
    expect(differences(storeValues(work.sandbox), wanted)).toEqual([]);

    // The same by what changed: no reading of changes may overlook what a whole one would have found.
    for (let round = 0; round < 2; round += 1) {
      work.sandbox.clock.advance(2 * hourMs);
      stirOrg(work.sandbox, house, dice);
      stirOwners(work.sandbox, dice);
      stirStore(work.sandbox, dice);
      if (round === 1) stirPlaces(work.sandbox, house, dice);
      const next = expectedValues(work.sandbox, world);
      const run = await update(world, 'auto');
      expect(run.status).toMatchObject({ state: 'done', left: 0 });
      if (round === 0) expect(run.full).toBe(false);
      expect(differences(storeValues(work.sandbox), next)).toEqual([]);
      expect(await update(world, 'full')).toMatchObject({ full: true, summary: { changes: 0 } });
    }
  });

  it('is read anew as a whole, whatever became of it', async () => {
    const dice = createRandom(2_000 + seed);
    const { house, world } = await setUp(dice);
    await update(world, 'full');
    stirOrg(work.sandbox, house, dice);
    stirOwners(work.sandbox, dice);
    const wanted = expectedValues(work.sandbox, world);
    expect((await update(world, 'full')).status).toMatchObject({ state: 'done', left: 0 });
    expect(differences(storeValues(work.sandbox), wanted)).toEqual([]);
  });

  it('gets back what it had, but for what has been changed since', async () => {
    const dice = createRandom(1_000 + seed);
    const { world } = await setUp(dice);
    const blank = [...storeValues(work.sandbox).keys()].filter(() => dice.chance(0.05));
    const duplicated = [...world.repeated];
    work.sandbox.store.setSwitches({ productFlaws: { priceBlank: blank, duplicated } });
    const before = storeValues(work.sandbox);
    const run = await update(world, 'full');
    const written = storeValues(work.sandbox);
    stirStore(work.sandbox, dice, 0.2);
    const since = storeValues(work.sandbox);

    if (run.summary?.changes === 0) return;
    expect((await work.catalog.updates.undo(run.id)).ok).toBe(true);
    expect((await work.until('done')).kind).toBe('undo');
    const wanted = new Map(
      [...since].map(([sku, now]) => {
        const [old, ours] = [before.get(sku), written.get(sku)];
        const back = <T>(was: T, wrote: T, is: T): T => (is === wrote ? was : is);
        const lists = Object.fromEntries(
          Object.entries(now.lists).map(([list, is]) => [
            list,
            back(old?.lists[list] ?? is, ours?.lists[list] ?? is, is),
          ]),
        );
        return [
          sku,
          {
            stock: back(old?.stock ?? now.stock, ours?.stock ?? now.stock, now.stock),
            // What was blank cannot be made blank again.
            price: blank.includes(sku)
              ? now.price
              : back(old?.price ?? now.price, ours?.price ?? now.price, now.price),
            lists,
          },
        ];
      }),
    );
    expect(differences(storeValues(work.sandbox), wanted)).toEqual([]);
  });
});

describe.each([1, 2, 3, 4])('a crooked house on a bad line, seed %i', (seed) => {
  begin(seed);

  it('has in its store what the rules say in the end, and is told the truth on the way', async () => {
    const dice = createRandom(3_000 + seed);
    const { house, world } = await setUp(dice);
    const { faults } = work.sandbox;
    for (const phase of ['before', 'after'] as const) {
      faults.add({ target: 'org', kind: 'drop', path: '/query', phase, chance: 0.1, seed });
      faults.add({ target: 'store', kind: 'drop', path: '/products', phase, chance: 0.1, seed });
    }
    faults.add({ target: 'org', kind: 'status', path: '/services/data', status: 503, chance: 0.1, seed });
    faults.add({ target: 'org', kind: 'truncate', path: '/query', phase: 'after', chance: 0.1, seed });
    faults.add({ target: 'store', kind: 'status', path: '/v1', status: 503, chance: 0.1, seed });
    faults.add({
      target: 'store',
      kind: 'truncate',
      path: '/products/batch$',
      phase: 'after',
      cut: false,
      chance: 0.2,
      seed,
    });

    for (let round = 0; round < 3; round += 1) {
      work.sandbox.clock.advance(2 * hourMs);
      stirOrg(work.sandbox, house, dice);
      stirStore(work.sandbox, dice);
      const wanted = expectedValues(work.sandbox, world);
      const run = await doggedly(world);
      expect(run.status).toMatchObject({ refused: 0, left: 0 });
      await expectNothingHalfTold(work, run);
      expect(differences(storeValues(work.sandbox), wanted)).toEqual([]);
    }
  });
});

/** Begins, agrees and goes on as often as it takes; a run that failed has not touched the store. */
async function doggedly(world: OracleWorld): Promise<Run> {
  const before = storeValues(work.sandbox);
  for (let tries = 0; tries < 20; tries += 1) {
    const { warehouse, companies, part } = world.choice;
    let run = await work.update({ warehouse, companies: [...companies], part }, true);
    while (run.status.state === 'planned' || run.status.state === 'paused') {
      const { updates } = work.catalog;
      await (run.status.state === 'planned' ? updates.agree(run.id) : updates.resume(run.id));
      run = await work.until('paused', 'done');
    }
    if (run.status.state === 'done') return run;
    expect(run.status).toMatchObject({ state: 'failed', problem: { class: 'transient' } });
    expect(differences(storeValues(work.sandbox), before)).toEqual([]);
  }
  throw new Error('never done');
}
