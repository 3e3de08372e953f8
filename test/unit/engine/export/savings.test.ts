import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { csvForPeople } from '../../../../main/engine/export/outTable';
import { saveTable } from '../../../../main/engine/export/saveTable';
import { createSavings } from '../../../../main/engine/export/savings';
import { systemClock } from '../../../../main/systemClock';
import { writeTable } from '../../../../main/ventasxmayor/spreadsheet/writeTable';
import { createVirtualClock } from '../../../support/virtualClock';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-'));
  path = join(folder, 'lista.csv');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const form = csvForPeople(',');
const few = { headings: ['SKU'], rows: [['A'], ['B']] };

/** Rows without an end, and how to have the next ones wait. */
function endless() {
  let hold: Promise<void> | null = null;
  async function* rows() {
    for (let at = 0; ; at += 1) {
      if (hold !== null) await hold;
      yield [`SKU-${at}`];
    }
  }
  return {
    table: { headings: ['SKU'], rows: rows(), total: 700_000 },
    /** The disk that they come from does not answer any more. */
    hang: () => {
      hold = new Promise(() => undefined);
    },
  };
}

describe('a table that is being saved', () => {
  it('tells how far it is once it takes a while, and nothing when it is over', async () => {
    const changed = vi.fn();
    const savings = createSavings({ write: writeTable, clock: systemClock, changed });
    const { table } = endless();
    const written = savings.write(path, table, form);
    expect(savings.underWay()).toEqual([]);
    await vi.waitFor(() => expect(savings.underWay()).toMatchObject([{ name: 'lista.csv', total: 700_000 }]));
    const before = savings.underWay()[0]?.rows ?? 0;
    await vi.waitFor(() => expect(savings.underWay()[0]?.rows).toBeGreaterThan(before + 1_000));
    const [{ id } = { id: 0 }] = savings.underWay();
    expect(await savings.cancel(id)).toBe(true);
    expect(await written).toBeNull();
    expect(savings.underWay()).toEqual([]);
    expect(changed.mock.calls.length).toBeGreaterThan(2);
  });

  it('that is short is not told of', async () => {
    const clock = createVirtualClock();
    const changed = vi.fn();
    const savings = createSavings({ write: writeTable, clock, changed });
    expect(await savings.write(path, few, form)).toEqual({ ok: true, value: 2 });
    await clock.advance();
    expect(changed).not.toHaveBeenCalled();
    expect(await savings.cancel(1)).toBe(false);
    expect(readFileSync(path, 'utf8')).toContain('A');
  });

  it.each(['rows that come', 'rows that do not come any more'])(
    'leaves what was there and nothing beside it when it is called off, with %s',
    async (kind) => {
      writeFileSync(path, 'what was there before');
      const savings = createSavings({ write: writeTable, clock: systemClock, changed: () => undefined });
      const { table, hang } = endless();
      const saver = { choose: async () => path, write: savings.write, decimalMark: () => ',' as const };
      const saved = saveTable(saver, table, { title: 'lista', format: 'csv' });
      await vi.waitFor(() => expect(savings.underWay()).toHaveLength(1));
      if (kind !== 'rows that come') hang();
      await savings.cancelAll();
      expect(await saved).toEqual({ ok: true, value: null });
      expect(readdirSync(folder)).toEqual(['lista.csv']);
      expect(readFileSync(path, 'utf8')).toBe('what was there before');
    },
  );

  it('fails with what went wrong, and is no longer under way', async () => {
    const savings = createSavings({ write: writeTable, clock: systemClock, changed: () => undefined });
    async function* rows() {
      yield ['A'];
      throw new Error('the database is closed');
    }
    await expect(savings.write(path, { headings: ['SKU'], rows: rows() }, form)).rejects.toThrow('closed');
    expect(readdirSync(folder)).toEqual([]);
    const missing = join(folder, 'no', 'lista.csv');
    expect(await savings.write(missing, few, form)).toMatchObject({
      problem: { code: 'file.notWritten', params: { name: 'lista.csv' } },
    });
    await savings.cancelAll();
  });
});
