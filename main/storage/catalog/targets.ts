import { z } from 'zod';
import type { Decimal } from '../../../contract/decimal';
import { decimalSchema } from '../../../contract/decimal';
import type { TargetSources } from '../../engine/catalog/ports';
import type { SkuFacts, Target } from '../../engine/catalog/target';
import { breathe, type CatalogDatabase } from './database';
import { createFacts, type Facts } from './facts';
import { listsText } from './listsText';
import type { Looks } from './looks';
import { createMany, type Value } from './many';
import type { SkuIndex } from './skuIndex';
import { keyOf, type Sources } from './sources';

const aimRow = z.object({ aim: z.string(), place: z.string().nullable() });
const idRow = z.object({ id: z.string() });
const unitsRow = z.object({ sku: z.string(), units: decimalSchema });

/** Products whose touches are passed on to their SKUs in one go. */
const productsAtOnce = 2_000;

/** Which SKUs have to be thought over, what is known of them, and what came of it. */
export function createTargets(catalog: CatalogDatabase, sources: Sources, looks: Looks, index: SkuIndex) {
  const { db } = catalog;
  let facts: Facts | null = null;

  const getAim = db.prepare('SELECT aim, place FROM aims');
  const setAim = db.prepare(`INSERT OR REPLACE INTO aims VALUES (1, ?, '')`);
  const setPlace = db.prepare('UPDATE aims SET place = ?');
  const touchSku = db.prepare('INSERT OR IGNORE INTO touched_skus VALUES (?)');
  const lastTouched = db.prepare(
    'SELECT max(id) AS id FROM (SELECT id FROM touched_products ORDER BY id LIMIT ?)',
  );
  const passOn = db.prepare(
    `INSERT OR IGNORE INTO touched_skus SELECT sku FROM products
     WHERE id IN (SELECT id FROM touched_products WHERE id <= ?)`,
  );
  const untouchProducts = db.prepare('DELETE FROM touched_products WHERE id <= ?');
  const untouch = db.prepare('DELETE FROM touched_skus WHERE sku = ?');
  const put = createMany(db, {
    into: 'targets',
    columns: 5,
    onConflict: `ON CONFLICT (sku) DO UPDATE SET
        stock = excluded.stock, price = excluded.price, lists = excluded.lists, notes = excluded.notes`,
  });
  const drop = db.prepare('DELETE FROM targets WHERE sku = ?');

  /** Has the SKUs thought over whose products were touched. False when there are none. */
  function passOnProducts(): boolean {
    const last = idRow.partial().safeParse(lastTouched.get(productsAtOnce)).data?.id;
    if (last === undefined) return false;
    catalog.step(() => {
      passOn.run(last);
      untouchProducts.run(last);
    });
    return true;
  }

  return {
    async aim(wanted: TargetSources, rules: string): Promise<void> {
      await index.complete();
      const text = JSON.stringify([keysOf(wanted), rules]);
      facts = createFacts(catalog, {
        prices: sources.idOf(wanted.prices),
        lists: wanted.lists.map(({ list, source }) => ({ list, source: sources.idOf(source) })),
        stock: sources.idOf(wanted.stock),
      });
      const row = getAim.get();
      if (row !== undefined && aimRow.parse(row).aim === text) return;
      catalog.step(() => {
        db.exec('DELETE FROM targets; DELETE FROM touched_skus; DELETE FROM touched_products;');
        looks.forget();
        setAim.run(text);
      });
    },

    async unsettled(limit: number): Promise<SkuFacts[]> {
      if (facts === null) throw new Error('no aim: targets have no sources');
      await catalog.room();
      await breathe();
      const { place } = aimRow.parse(getAim.get());
      if (place !== null) {
        const found = facts.after(place, limit);
        if (found.length > 0) return found;
        setPlace.run(null);
      }
      while (passOnProducts()) await breathe();
      return facts.touched(limit);
    },

    async settle(targets: readonly Target[], gone: readonly string[]): Promise<void> {
      // While all SKUs are being thought over they come in their order, and the last one is the place.
      const walking = aimRow.parse(getAim.get()).place !== null;
      catalog.step(() => {
        put(targets.flatMap(valuesOf));
        looks.noteTargets([...targets.map(({ sku }) => sku), ...gone]);
        if (!walking) for (const { sku } of targets) untouch.run(sku);
        for (const sku of gone) {
          drop.run(sku);
          untouch.run(sku);
        }
        const last = targets.at(-1)?.sku;
        if (walking && last !== undefined) setPlace.run(last);
      });
    },

    /** Notes the units of open orders; SKUs whose number is new have to be thought over. */
    async setOpenUnits(units: ReadonlyMap<string, Decimal>): Promise<void> {
      const known = db.prepare('SELECT sku, units FROM open_units').all();
      const before = new Map(
        known.map((row) => {
          const { sku, units: count } = unitsRow.parse(row);
          return [sku, count] as const;
        }),
      );
      catalog.step(() => {
        db.exec('DELETE FROM open_units');
        const insert = db.prepare('INSERT INTO open_units VALUES (?, ?)');
        for (const [sku, count] of units) insert.run(sku, count);
        for (const sku of new Set([...before.keys(), ...units.keys()]))
          if (before.get(sku) !== units.get(sku)) touchSku.run(sku);
      });
    },
  };
}

const valuesOf = ({ sku, stock, price, lists, notes }: Target): Value[] => [
  ...[sku, stock, price, listsText(lists), notes.length === 0 ? '[]' : JSON.stringify(notes)],
];

const keysOf = ({ prices, lists, stock }: TargetSources): unknown => [
  keyOf(prices),
  lists.map(({ list, source }) => [list, keyOf(source)]),
  keyOf(stock),
];
