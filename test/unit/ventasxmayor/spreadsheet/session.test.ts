import { rm, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type ImportMapping, importFileSchema, importPreviewSchema } from '../../../../contract/import';
import type { Order } from '../../../../contract/order';
import { argentineDefaults } from '../../../../main/engine/import/mapping/suggest';
import type { Intake } from '../../../../main/engine/import/ports';
import { createImportSession } from '../../../../main/ventasxmayor/spreadsheet/session';
import { temporaryFiles } from '../../../support/files';

const write = temporaryFiles();
const header = 'Pedido;Fecha;SKU;Producto;Cantidad;Precio;CUIT';
const good = '1;1/12/2010;A;Mate;2;2,55;33-69345023-9';
const better = '2;1/12/2010;B;;1;0;33-69345023-9\n2;1/12/2010;A;Otro;1;3;33-69345023-9';
const bad = '3;1/12/2010;A;Mate;2;;33-69345023-9';
const content = [header, good, better, bad].join('\n');
let files = 0;

async function setUp(text: string = content, over: Partial<Intake> = {}) {
  files += 1;
  const path = await write(`orders-${files}.csv`, text);
  const held: Order[] = [];
  const remembered = new Map<string, ImportMapping>();
  const intake: Intake = {
    knownNumbers: async (numbers) =>
      new Set(numbers.filter((number) => held.some((order) => order.number === number))),
    importOrders: async (orders) => {
      const fresh = orders.filter((order) => !held.some((other) => other.number === order.number));
      held.push(...fresh);
      return { imported: fresh.length, alreadyKnown: orders.length - fresh.length };
    },
    ...over,
  };
  const mappings = {
    get: async (shape: string) => remembered.get(shape) ?? null,
    set: async (shape: string, mapping: ImportMapping) => void remembered.set(shape, mapping),
  };
  const session = createImportSession({ intake, mappings, defaults: () => argentineDefaults });
  const open = async () => {
    const file = await session.open(path);
    if (!file.ok) throw new Error(JSON.stringify(file.problem));
    return file.value;
  };
  return { path, session, held, remembered, open };
}

const problem = (code: string) => ({ ok: false, problem: { code } });

describe('an import', () => {
  it('goes from opening through preview to orders', async () => {
    const { session, open, held, path } = await setUp();
    const file = await open();
    expect(importFileSchema.parse(file)).toEqual(file);
    expect(file).toMatchObject({ format: 'csv', rowCount: 4, remembered: false, delimiter: ';' });
    expect(JSON.stringify(file)).not.toContain(path.replace(/[^/\\]+$/, ''));
    expect(file.sample[0]).toEqual(good.split(';'));

    const preview = await session.preview(file.fileId, file.mapping);
    if (!preview.ok) throw new Error('no preview');
    expect(importPreviewSchema.parse(preview.value)).toEqual(preview.value);
    expect(preview.value).toMatchObject({
      kind: 'ready',
      summary: { fileId: file.fileId, toImport: 2, leftOut: 1, totalToImport: '8.1' },
    });
    expect(held).toEqual([]);

    expect(await session.run(file.fileId)).toEqual({
      ok: true,
      value: { imported: 2, alreadyKnown: 0, leftOut: 1 },
    });
    expect(held.map((order) => order.number)).toEqual(['1', '2']);
  });

  it('pages through the orders by verdict', async () => {
    const { session, open } = await setUp();
    const { fileId, mapping } = await open();
    await session.preview(fileId, mapping);
    const page = (verdict: 'all' | 'import' | 'leaveOut', offset: number, limit: number) => {
      const result = session.orders(fileId, { verdict, offset, limit });
      return result.ok
        ? [result.value.orders.map((order) => order.number).join(), result.value.total]
        : result;
    };
    expect(page('all', 0, 2)).toEqual(['1,2', 3]);
    expect(page('all', 2, 2)).toEqual(['3', 3]);
    expect(page('leaveOut', 0, 10)).toEqual(['3', 1]);
    expect(page('import', 5, 10)).toEqual(['', 2]);
  });

  it('names the products of what it would import, with the first name and price that say something', async () => {
    const { session, open } = await setUp();
    const { fileId, mapping } = await open();
    await session.preview(fileId, mapping);
    expect(await session.products(fileId)).toEqual({
      ok: true,
      value: [
        { sku: 'A', name: 'Mate', price: '2.55' },
        { sku: 'B', name: 'B', price: '0' },
      ],
    });
  });

  it('remembers the mapping for files of the same shape', async () => {
    const { session, open } = await setUp();
    const first = await open();
    await session.preview(first.fileId, { ...first.mapping, currency: 'uyu' });
    expect((await open()).remembered).toBe(false);
    await session.run(first.fileId);
    expect(await open()).toMatchObject({ remembered: true, mapping: { currency: 'UYU' } });
  });

  it('twice brings nothing twice', async () => {
    const { session, open, held } = await setUp();
    const { fileId, mapping } = await open();
    await session.preview(fileId, mapping);
    const answers = await Promise.all([session.run(fileId), session.run(fileId)]);
    expect(answers[0]).toBe(answers[1]);
    expect(await session.run(fileId)).toMatchObject({ value: { imported: 0, alreadyKnown: 2 } });
    const again = await open();
    expect(await session.preview(again.fileId, mapping)).toMatchObject({
      value: { summary: { toImport: 0, alreadyKnown: 2, leftOut: 1 } },
    });
    expect(held).toHaveLength(2);
  });
});

describe('a mapping that is not whole', () => {
  it('is told by field, and nothing can be imported by an earlier one', async () => {
    const { session, open, held } = await setUp();
    const { fileId, mapping } = await open();
    await session.preview(fileId, mapping);
    expect(await session.preview(fileId, { ...mapping, currency: '' })).toEqual({
      ok: true,
      value: { kind: 'mappingIncomplete', fields: { currency: 'required' } },
    });
    expect(await session.run(fileId)).toMatchObject(problem('file.mappingIncomplete'));
    expect(session.orders(fileId, { verdict: 'all', offset: 0, limit: 1 })).toMatchObject(
      problem('file.mappingIncomplete'),
    );
    expect(await session.products(fileId)).toMatchObject(problem('file.mappingIncomplete'));
    expect(held).toEqual([]);
  });
});

describe('a file that changes on the way', () => {
  it('is not imported', async () => {
    const { session, open, held, path, remembered } = await setUp();
    const { fileId, mapping } = await open();
    await session.preview(fileId, mapping);
    await writeFile(path, content.replace('2,55', '9,99'));
    await utimes(path, new Date(), new Date(Date.now() + 60_000));
    expect(await session.run(fileId)).toMatchObject(problem('file.changed'));
    expect(await session.preview(fileId, mapping)).toMatchObject({
      value: { kind: 'unreadable', problem: { code: 'file.changed' } },
    });
    await rm(path);
    expect(await session.run(fileId)).toMatchObject({ ok: false });
    expect([held.length, remembered.size]).toEqual([0, 0]);
  });

  it('may be copied onto itself', async () => {
    const { session, open, path } = await setUp();
    const { fileId, mapping } = await open();
    await session.preview(fileId, mapping);
    await utimes(path, new Date(), new Date(Date.now() + 60_000));
    expect(await session.run(fileId)).toMatchObject({ value: { imported: 2 } });
  });
});

describe('previews', () => {
  it('that a newer one overtakes answer with the newer result', async () => {
    const { session, open } = await setUp();
    const { fileId, mapping } = await open();
    const [first, second] = await Promise.all([
      session.preview(fileId, mapping),
      session.preview(fileId, { ...mapping, currency: 'USD' }),
    ]);
    expect(second).toMatchObject({ value: { summary: { currency: 'USD' } } });
    expect(first).toEqual(second);
  });

  it('of a file closed meanwhile find it gone', async () => {
    const { session, open } = await setUp();
    const { fileId, mapping } = await open();
    const preview = session.preview(fileId, mapping);
    session.close(fileId);
    expect(await preview).toMatchObject(problem('app.notFound'));
    expect(await session.preview(fileId, mapping)).toMatchObject(problem('app.notFound'));
    expect(await session.run(fileId)).toMatchObject(problem('app.notFound'));
    expect(await session.products(fileId)).toMatchObject(problem('app.notFound'));
    expect(session.orders(fileId, { verdict: 'all', offset: 0, limit: 1 })).toMatchObject(
      problem('app.notFound'),
    );
  });

  it('of several files stand side by side until all are closed', async () => {
    const { session, open } = await setUp();
    const [one, other] = [await open(), await open()];
    expect(one.fileId).not.toBe(other.fileId);
    await session.preview(one.fileId, one.mapping);
    expect(await session.run(other.fileId)).toMatchObject(problem('file.mappingIncomplete'));
    session.closeAll();
    expect(await session.run(one.fileId)).toMatchObject(problem('app.notFound'));
  });
});

describe('when the database fails', () => {
  it('the failure comes out, and a second try works', async () => {
    let failing = true;
    const imported: string[] = [];
    const { session, open } = await setUp(content, {
      importOrders: async (orders) => {
        if (failing) throw new Error('disk full');
        imported.push(...orders.map((order) => order.number));
        return { imported: orders.length, alreadyKnown: 0 };
      },
    });
    const { fileId, mapping } = await open();
    await session.preview(fileId, mapping);
    await expect(session.run(fileId)).rejects.toThrow('disk full');
    failing = false;
    expect(await session.run(fileId)).toMatchObject({ value: { imported: 2 } });
    expect(imported).toEqual(['1', '2']);
  });
});

it('tells why a file cannot be opened', async () => {
  const { session, path } = await setUp('');
  expect(await session.open(path)).toMatchObject(problem('file.empty'));
});
