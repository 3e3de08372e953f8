import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../main/storage/database';

let folder: string;
let database: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-'));
  database = openDatabase(join(folder, 'puente.db'));
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (shape: string) =>
  database.transaction((db) =>
    db.prepare('INSERT INTO column_mappings VALUES (?, ?, 0)').run(shape, 'x'.repeat(50_000)),
  );
const kept = () =>
  database.read((db) => db.prepare('SELECT shape FROM column_mappings ORDER BY shape').all());

it('says that the disk is full when it is, and goes on when it no longer is', async () => {
  await insert('before');
  // SQLite's own stand-in for a disk without room; like a real one, it ends the transaction by itself.
  const limit = (pages: number) => database.transaction((db) => db.exec(`PRAGMA max_page_count = ${pages}`));
  await limit(1);
  await expect(insert('meanwhile')).rejects.toMatchObject({ errcode: 13 });
  await limit(1_000_000);
  await insert('then');
  expect(kept()).toEqual([{ shape: 'before' }, { shape: 'then' }]);
});

it('keeps nothing of work that throws', async () => {
  const work = database.transaction((db) => {
    db.exec("INSERT INTO column_mappings VALUES ('half', '{}', 0)");
    throw new Error('half-way');
  });
  await expect(work).rejects.toThrow('half-way');
  expect(kept()).toEqual([]);
});
