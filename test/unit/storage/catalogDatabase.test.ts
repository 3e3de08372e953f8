import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import { openCatalogDatabase } from '../../../main/storage/catalog/database';
import { createMirror } from '../../../main/storage/catalog/mirror';
import { asText, inserting, insertSql } from '../../../main/storage/catalog/pieces';
import { createRunBook } from '../../../main/storage/catalog/runs';
import { catalogMigrations } from '../../../main/storage/catalog/schema';
import { migrate } from '../../../main/storage/migrations';

let folder: string;
let path: string;
const faults: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-'));
  path = join(folder, 'catalog.db');
  faults.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openCatalogDatabase(path, (fault) => faults.push(fault));

describe('the file of stock and prices', () => {
  it('keeps its log short while much is written, and loses none of it', async () => {
    const catalog = open();
    const insert = catalog.db.prepare('INSERT INTO open_units VALUES (?, ?)');
    const megabyte = 1024 * 1024;
    let written = 0;
    let longestLog = 0;
    for (; written < 900_000; await setImmediate()) {
      catalog.step(() => {
        for (const end = written + 3_000; written < end; written += 1)
          insert.run(`a SKU so long that its rows take up their room ${written}`, '12');
      });
      await catalog.room();
      longestLog = Math.max(longestLog, statSync(`${path}-wal`).size);
    }
    await catalog.close();
    // The last of it may still be in the log, which the next opening takes over.
    expect(statSync(path).size).toBeGreaterThan(45 * megabyte);
    expect(longestLog).toBeLessThan(40 * megabyte);
    expect(faults).toEqual([]);
    const again = new DatabaseSync(path);
    expect(again.prepare('SELECT count(*) AS count FROM open_units').get()).toEqual({ count: written });
    again.close();
  });

  it('tells of a source that is known while somebody else is writing', async () => {
    const catalog = open();
    const mirror = createMirror(catalog);
    const intake = await mirror.intakeStore(true);
    await intake.finish({ mark: 'so far', at: 7 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    catalog.db.exec('PRAGMA busy_timeout = 0');
    expect(await mirror.stateOf({ kind: 'store' })).toEqual({ mark: 'so far', readAt: 7 });
    other.exec('ROLLBACK');
    other.close();
    await catalog.close();
  });

  it('writes in the thread all or nothing, and goes on after a failure', async () => {
    const catalog = open();
    const units = insertSql({ into: 'open_units', columns: 2 });
    const rows = Array.from({ length: 120 }, (_row, index) => [`SKU-${index}`, '1']);
    await expect(
      catalog.hand(true).write([inserting(units, rows), inserting(units, [['SKU-7', '2']])]),
    ).rejects.toThrow('UNIQUE');
    const count = () =>
      catalog.hand(true).read(asText('SELECT count(*) FROM open_units WHERE units = ?', 1), ['1']);
    expect(await count()).toEqual([[0]]);
    await catalog.hand(true).write([inserting(units, rows)]);
    expect(await count()).toEqual([[120]]);
    await expect(catalog.hand(true).read(asText('SELECT missing', 1), [])).rejects.toThrow('no such column');
    await catalog.close();
  });

  it.each([
    ['here', false],
    ['in the threads', true],
  ])('gives rows back as they were written, few or many, %s', async (_where, much) => {
    const catalog = open();
    catalog.db.exec('CREATE TABLE odd (place INTEGER PRIMARY KEY, amount ANY, code TEXT) STRICT');
    const odd = insertSql({ into: 'odd', columns: 3 });
    const codes = [
      '',
      'quote " and \' and \\',
      'two\nlines\t',
      'ñandú 😀',
      '[1]',
      'null',
      '\u0001 \u0000 end',
      '\u2028',
    ];
    const rows = codes.map((code, place) => [
      place,
      [null, 1, 1.5, 2 ** 53 - 1, -7, 1e21, '1', 0.1][place] ?? null,
      code,
    ]);
    const hand = catalog.hand(much);
    await hand.write([inserting(odd, rows.slice(0, 1)), inserting(odd, rows.slice(1))]);
    const query = asText('SELECT place, amount, code FROM odd ORDER BY place LIMIT ?', 3);
    expect(await hand.read(query, [100])).toEqual(rows);
    expect(await hand.read(query, [0])).toEqual([]);
    await catalog.close();
  });

  it('keeps what was asked of the thread before it is closed', async () => {
    const catalog = open();
    const writing = catalog
      .hand(true)
      .write([inserting(insertSql({ into: 'open_units', columns: 2 }), [['A', '1']])]);
    await catalog.close();
    await writing;
    const again = open();
    expect(again.db.prepare('SELECT sku FROM open_units').all()).toEqual([{ sku: 'A' }]);
    await again.close();
  });

  it('lets no mark pass over what could not be written', async () => {
    const catalog = open();
    const mirror = createMirror(catalog);
    const store = await mirror.intakeStore(true);
    catalog.db.exec('ALTER TABLE store RENAME TO elsewhere');
    await store.take([product]);
    await expect(store.finish({ mark: 'later', at: 1 })).rejects.toThrow('no such table');
    expect(await mirror.stateOf({ kind: 'store' })).toBeNull();
    await catalog.close();
  });

  it('reads the org in for the first time without the index of SKUs, and makes it before it is needed', async () => {
    const catalog = open();
    const mirror = createMirror(catalog);
    const isThere = () =>
      catalog.db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'products_sku'`).get() !== undefined;
    await mirror.intakeProducts(true);
    expect(isThere()).toBe(false);
    await mirror.aim(sources, 'rules');
    expect(isThere()).toBe(true);
    expect(faults).toEqual([]);
    await catalog.close();
  });

  it('still knows which SKUs the store has twice, from the time when that was all it knew of', async () => {
    const before = new DatabaseSync(path);
    migrate(before, catalogMigrations.slice(0, 7));
    before.exec(`INSERT INTO store VALUES ('A', NULL, 'a', '1', NULL, '{}', 1), ('B', NULL, 'b', '1', NULL, '{}', 0);
      UPDATE looking SET due = 0, noting = 1;
      CREATE TRIGGER store_changed AFTER UPDATE OF stock, price, lists, repeated ON store BEGIN
        INSERT INTO looks SELECT new.sku WHERE NOT EXISTS (SELECT 1 FROM looks WHERE sku = new.sku);
      END;`);
    before.close();

    const catalog = open();
    const mirror = createMirror(catalog);
    expect([await mirror.isRepeated('A'), await mirror.isRepeated('B')]).toEqual([true, false]);
    const product = { sku: 'B', told: '', notes: ['storeStockInvalid' as const] };
    await mirror.noteStore('B', { kind: 'unreadable', product });
    expect(catalog.db.prepare('SELECT sku FROM looks').all()).toEqual([{ sku: 'B' }]);
    expect(await mirror.unreadableSkus(9)).toEqual(['B']);
    await catalog.close();
  });

  it('takes over runs from the time when each of their rows stood by itself', async () => {
    const before = new DatabaseSync(path);
    migrate(before, catalogMigrations.slice(0, 1));
    const body = JSON.stringify(formerRun);
    before.exec(
      `INSERT INTO runs (state, body, pending, applied, refused) VALUES ('done', '${body}', 0, 449, 1)`,
    );
    const insert = before.prepare(
      `INSERT INTO run_rows VALUES (1, ?, 0, ?, '1', '2', NULL, '3.5', ?, 1, 0, ?, ?)`,
    );
    const lists = JSON.stringify([{ list: 'gremio', old: null, new: '7' }]);
    before.exec('BEGIN');
    for (let index = 0; index < 450; index += 1) {
      const isRefused = index === 301;
      insert.run(
        `SKU-${String(index).padStart(4, '0')}`,
        `Name "${index}"`,
        index === 5 ? lists : '[]',
        isRefused ? 'refused' : 'applied',
        isRefused ? JSON.stringify({ code: 'locked', message: 'no' }) : null,
      );
    }
    before.exec('COMMIT');
    before.close();

    const catalog = open();
    const book = createRunBook(catalog);
    expect(await book.rowsIn(1, 'applied', 5, 1)).toEqual({
      rows: [
        {
          sku: 'SKU-0005',
          name: 'Name "5"',
          stock: { old: '1', new: '2' },
          price: { old: null, new: '3.5' },
          lists: [{ list: 'gremio', old: null, new: '7' }],
          state: 'applied',
          refusal: null,
          place: 5,
        },
      ],
      next: 6,
    });
    expect((await book.rowsIn(1, 'applied', 0, 1_000)).rows).toHaveLength(449);
    const { rows } = await book.rowsIn(1, 'refused', 0, 10);
    expect(rows).toMatchObject([{ sku: 'SKU-0301', refusal: { code: 'locked', message: 'no' } }]);
    expect(await book.history('SKU-0449', 5)).toMatchObject([{ run: { id: 1 }, row: { sku: 'SKU-0449' } }]);
    await catalog.close();
  });
});

const product = {
  sku: 'SKU-1',
  name: 'name',
  stock: decimalSchema.parse('1'),
  price: null,
  lists: {},
};
const sources = {
  prices: { kind: 'prices', priceBookId: 'book', currency: null },
  lists: [],
  stock: { kind: 'stock', warehouses: null },
} as const;

const formerRun = {
  kind: 'all',
  of: null,
  trigger: 'person',
  who: 'Lucía',
  startedAt: 1,
  finishedAt: 2,
  choice: { warehouse: '', companies: [], part: 'both', reading: 'auto' },
  warehouse: null,
  priceBook: null,
  full: true,
  status: { state: 'done', applied: 449, refused: 1, left: 0 },
  summary: null,
  undoneBy: null,
};
