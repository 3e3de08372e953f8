import { z } from 'zod';
import type { Decimal } from '../../../contract/decimal';
import { decimalSchema } from '../../../contract/decimal';
import type { TargetSources, Think } from '../../engine/catalog/ports';
import type { SkuFacts, Target } from '../../engine/catalog/target';
import { later } from '../../engine/later';
import { askAhead } from './ahead';
import { breathe, type CatalogDatabase, type Hand, type PassSizes } from './database';
import { createFacts, type Facts } from './facts';
import type { LateIndexes } from './lateIndexes';
import { listsText } from './listsText';
import type { Looks } from './looks';
import { inserting, insertSql, type Piece, type Value } from './pieces';
import { keyOf, type Sources } from './sources';
import { noteAdded } from './touches';
import type { Turns } from './turns';

const aimRow = z.object({ aim: z.string(), place: z.string().nullable() });
const idRow = z.object({ id: z.string() });
const unitsRow = z.object({ sku: z.string(), units: decimalSchema });

/** Products whose touches are passed on to their SKUs in one go. */
const productsAtOnce = 2_000;

/** Stretches of touched SKUs that are settled in one turn: whoever waits for theirs is not to wait for long. */
const stretchesOfTurn = 8;

/** Which SKUs have to be thought over, what is known of them, and what came of it. */
export function createTargets(
  catalog: CatalogDatabase,
  sources: Sources,
  looks: Pick<Looks, 'notingTargets' | 'forget'>,
  indexes: LateIndexes,
  inTurn: Turns,
  { thoughtOver }: PassSizes,
) {
  const { db } = catalog;
  let facts: Facts | null = null;

  const getAim = db.prepare('SELECT aim, place FROM aims');
  const setAim = db.prepare(`INSERT OR REPLACE INTO aims VALUES (1, ?, '')`);
  const touchSku = db.prepare('INSERT OR IGNORE INTO touched_skus VALUES (?)');
  const lastTouched = db.prepare(
    'SELECT max(id) AS id FROM (SELECT id FROM touched_products ORDER BY id LIMIT ?)',
  );

  function aimed(): Facts {
    if (facts === null) throw new Error('no aim: targets have no sources');
    return facts;
  }

  /** The SKU up to which all have been thought over for a new aim; null where that is done. */
  const place = (): string | null => aimRow.parse(getAim.get()).place;

  /** What writes targets and the place up to which all have been thought over; a null one is the end. */
  const settling = (made: readonly Target[], to: string | null): Piece[] => [
    inserting(putTargets, made.map(valuesOf)),
    { sql: setPlace, each: [[to]] },
  ];

  async function walk(think: Think, signal: AbortSignal): Promise<void> {
    for (let after = place(); after !== null; after = place()) {
      await pause(signal);
      const hand = catalog.hand();
      const found = await aimed().after(after, thoughtOver, hand);
      const made = found.map(think);
      const skus = made.map(({ sku }) => sku);
      await hand.write([...settling(made, found.at(-1)?.sku ?? null), ...looks.notingTargets(skus)]);
    }
  }

  /** Has the SKUs thought over whose products were touched. False when there are none. */
  async function passOnProducts(): Promise<boolean> {
    const last = idRow.partial().safeParse(lastTouched.get(productsAtOnce)).data?.id;
    if (last === undefined) return false;
    await catalog.hand().write([
      { sql: passOn, each: [[last]] },
      { sql: untouchProducts, each: [[last]] },
    ]);
    return true;
  }

  async function settleTouched(think: Think, signal: AbortSignal): Promise<void> {
    while (await passOnProducts()) await pause(signal);
    while (await inTurn(() => settleSome(think, signal)));
  }

  /** The next SKUs are being read while these are thought over and written. False when there are no more. */
  async function settleSome(think: Think, signal: AbortSignal): Promise<boolean> {
    const hand = catalog.hand();
    const takeNext = askAhead(
      (after) => aimed().touched(after, thoughtOver, hand),
      (found) => found.at(-1)?.sku ?? null,
    );
    let written = Promise.resolve();
    try {
      for (let stretch = 0; stretch < stretchesOfTurn; stretch += 1) {
        await pause(signal);
        const found = (await takeNext()) ?? [];
        await written;
        if (found.length === 0) return false;
        written = later(hand.write(settlingTouched(found, think)));
      }
    } finally {
      // Also where it is called off: what follows must not be overtaken by what is left of this.
      await Promise.allSettled([written]);
    }
    await written;
    return true;
  }

  function settlingTouched(found: readonly SkuFacts[], think: Think): Piece[] {
    const skus = found.map(({ sku }) => sku);
    const made = found.filter(({ products }) => products.length > 0).map(think);
    const gone = found.filter(({ products }) => products.length === 0).map(({ sku }) => [sku]);
    return [
      inserting(putTargets, made.map(valuesOf)),
      { sql: dropTarget, each: gone },
      { sql: untouch, each: skus.map((sku) => [sku]) },
      ...looks.notingTargets(skus),
    ];
  }

  async function pause(signal: AbortSignal): Promise<void> {
    await catalog.room();
    await breathe();
    signal.throwIfAborted();
  }

  return {
    async aim(wanted: TargetSources, rules: string): Promise<void> {
      await indexes.complete();
      const text = JSON.stringify([keysOf(wanted), rules]);
      facts = createFacts(catalog, {
        prices: wanted.prices === null ? noSource : sources.idOf(wanted.prices),
        lists: wanted.lists.map(({ list, source }) => ({ list, source: sources.idOf(source) })),
        stock: wanted.stock === null ? noSource : sources.idOf(wanted.stock),
      });
      const row = getAim.get();
      if (row !== undefined && aimRow.parse(row).aim === text) return;
      catalog.step(() => {
        db.exec('DELETE FROM targets; DELETE FROM touched_skus; DELETE FROM touched_products;');
        looks.forget();
        setAim.run(text);
        db.exec(noteAdded);
      });
    },

    /** Whether no SKU has been thought over for this aim. */
    isNew: (): boolean => place() === '',

    /** All SKUs are about to be thought over, those that were touched among them. */
    beginWalk(): void {
      catalog.step(() => db.exec('DELETE FROM touched_skus; DELETE FROM touched_products;'));
    },

    /** What is known of the next SKUs after one; none at the end. */
    factsAfter: (hand: Hand, sku: string): Promise<SkuFacts[]> => aimed().after(sku, thoughtOver, hand),
    settling,
    pause,

    async thinkOver(think: Think, signal: AbortSignal): Promise<void> {
      await walk(think, signal);
      await settleTouched(think, signal);
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

export type Targets = ReturnType<typeof createTargets>;

const putTargets = insertSql({
  into: 'targets',
  columns: 5,
  onConflict: `ON CONFLICT (sku) DO UPDATE SET
      stock = excluded.stock, price = excluded.price, lists = excluded.lists, notes = excluded.notes`,
});
const setPlace = 'UPDATE aims SET place = ?';
const dropTarget = 'DELETE FROM targets WHERE sku = ?';
const passOn = `INSERT OR IGNORE INTO touched_skus SELECT sku FROM products
   WHERE id IN (SELECT id FROM touched_products WHERE id <= ?)`;
const untouchProducts = 'DELETE FROM touched_products WHERE id <= ?';
const untouch = 'DELETE FROM touched_skus WHERE sku = ?';

const valuesOf = ({ sku, stock, price, lists, notes }: Target): Value[] => [
  sku,
  stock,
  price,
  listsText(lists),
  notes.length === 0 ? '[]' : JSON.stringify(notes),
];

/** No row is of it. */
const noSource = 0;

const keysOf = ({ prices, lists, stock }: TargetSources): unknown => [
  prices && keyOf(prices),
  lists.map(({ list, source }) => [list, keyOf(source)]),
  stock && keyOf(stock),
];
