import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalogDatabase } from '../../../main/storage/catalog/database';
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
    expect(statSync(path).size).toBeGreaterThan(55 * megabyte);
    expect(longestLog).toBeLessThan(40 * megabyte);
    expect(faults).toEqual([]);
    const again = new DatabaseSync(path);
    expect(again.prepare('SELECT count(*) AS count FROM open_units').get()).toEqual({ count: written });
    again.close();
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
