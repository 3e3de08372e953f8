import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProductRow } from '../../../main/engine/catalog/ports';
import type { OnWaiting, Wait } from '../../../main/engine/catalog/readRequest';
import { readByBulk } from '../../../main/salesforce/catalog/bulk';
import type { RawQuery, RowReader } from '../../../main/salesforce/catalog/rawQuery';
import { readRows } from '../../../main/salesforce/catalog/readRows';
import { productSource } from '../../../main/salesforce/catalog/sources';
import { builtInProfiles } from '../../../main/salesforce/profile';
import { createSession, defaultTimeouts, type Session } from '../../../main/salesforce/session/session';
import { systemClock } from '../../../main/systemClock';
import { noSignal, type OrgAtWork, startOrgAtWork } from '../../support/sandboxOrg';

let work: OrgAtWork;
let session: Session;
const clock = { sleep: (ms: number, signal: AbortSignal) => systemClock.sleep(Math.min(ms, 30), signal) };

beforeAll(async () => {
  work = await startOrgAtWork({}, { content: { products: 3_000, buyers: 5 } });
  const { settings, secrets } = work;
  session = createSession({
    credentials: async () => ({ ok: true, value: { signIn: 'password', settings, secrets } }),
    apiVersion: '62.0',
    timeouts: { ...defaultTimeouts, read: 3_000 },
    fetch,
    now: Date.now,
  });
});
afterAll(() => work.stop());
afterEach(() => {
  work.sandbox.faults.clear();
  work.sandbox.org.setSwitches({ bulk: { delayMs: 40, failWithoutMessage: false, dailyJobs: 10_000 } });
});

/** Reads all SKUs by a Bulk job; answers them with the number of rows it was told of. */
async function readSkus(signal: AbortSignal = noSignal, onWaiting: OnWaiting = () => undefined) {
  const skus: unknown[] = [];
  const query: RawQuery = {
    soql: 'SELECT Id, StockKeepingUnit FROM Product2',
    fields: ['Id', 'StockKeepingUnit'],
    all: false,
    onWaiting,
    take: async (rows) => void skus.push(...rows.map(([, sku]) => sku)),
    signal,
  };
  const read = await readByBulk({ session, lookUps: session, clock }, query);
  return { read, skus };
}
const expected = () => work.sandbox.world.products.map((product) => product.sku).sort();

describe('a Bulk result', () => {
  it('is read to its end', async () => {
    const { read, skus } = await readSkus();
    expect(read).toEqual({ ok: true, value: 3_000 });
    expect(skus.sort()).toEqual(expected());
  });

  it('is gone on with after the line broke in the middle, no row lost and none twice', async () => {
    work.sandbox.faults.add({
      target: 'org',
      kind: 'truncate',
      path: '/results',
      phase: 'before',
      cut: true,
      times: 2,
    });
    const { read, skus } = await readSkus();
    expect(read).toEqual({ ok: true, value: 3_000 });
    expect(skus.sort()).toEqual(expected());
  });

  it('is never taken for whole when it ends too early under a good face', async () => {
    work.sandbox.faults.add({
      target: 'org',
      kind: 'truncate',
      path: '/results',
      phase: 'before',
      cut: false,
      times: 99,
    });
    expect((await readSkus()).read).toMatchObject({ ok: false, problem: { code: 'org.badAnswer' } });
  });

  it('goes on when the session ends half-way', async () => {
    work.sandbox.faults.add({
      target: 'org',
      kind: 'status',
      path: '/results',
      status: 401,
      body: '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
      times: 1,
    });
    expect((await readSkus()).read).toEqual({ ok: true, value: 3_000 });
  });

  it('says what it waits for, and that it no longer does', async () => {
    work.sandbox.faults.add({ target: 'org', kind: 'status', path: '/results', status: 503, times: 2 });
    const heard: (Wait | null)[] = [];
    const { read } = await readSkus(noSignal, (wait) => heard.push(wait));
    expect(read).toEqual({ ok: true, value: 3_000 });
    const problem = expect.objectContaining({ code: 'org.unavailable' });
    expect(heard.filter((wait) => wait !== null)).toEqual([
      { problem, forMs: 500 },
      { problem, forMs: 1_000 },
    ]);
    expect(heard.at(-1)).toBeNull();
  });

  it.each([
    ['a job fails without a word', { failWithoutMessage: true }],
    ['the day has no more jobs', { dailyJobs: 0 }],
  ])('comes by REST when %s', async (_why, bulk) => {
    work.sandbox.org.setSwitches({
      bulk: { delayMs: 40, failWithoutMessage: false, dailyJobs: 10_000, ...bulk },
    });
    const { read, skus } = await readSkus();
    expect(read).toEqual({ ok: true, value: 3_000 });
    expect(skus.sort()).toEqual(expected());
  });
});

const takingInto = (rows: ProductRow[]) => ({
  take: async (some: readonly ProductRow[]) => void rows.push(...some),
  onTotal: () => undefined,
  onWaiting: () => undefined,
  signal: noSignal,
});

describe('rows of a source', () => {
  it('come whole, with the mark from which on changes are found, deleted ones told as gone', async () => {
    const rows: ProductRow[] = [];
    const request = takingInto(rows);
    const whole = await work.org.catalog.readProducts({ ...request, since: null });
    expect(whole).toMatchObject({ ok: true, value: { rows: 3_000 } });
    const mark = whole.ok ? whole.value.mark : null;
    expect(mark).not.toBe(null);

    work.sandbox.clock.advance(3_600_000);
    const [gone, changed] = rows;
    const { core } = work.sandbox.org;
    core.records.update(core.table('Product2'), changed?.id ?? '', { IsActive: 0 });
    core.records.update(core.table('Product2'), gone?.id ?? '', { IsDeleted: 1 });
    rows.length = 0;
    await work.org.catalog.readProducts({ ...request, since: mark });
    const byId = new Map(rows.map((row) => [row.id, row]));
    expect(byId.get(changed?.id ?? '')).toMatchObject({ active: false, gone: false });
    expect(byId.get(gone?.id ?? '')).toMatchObject({ gone: true });
  });

  it('that have changed come by a job when they are many, those that are gone among them', async () => {
    const { core } = work.sandbox.org;
    const products = productSource(builtInProfiles.standard);
    const rows: ProductRow[] = [];
    const request = takingInto(rows);
    let jobs = 0;
    const reader: RowReader = {
      session: {
        call(request) {
          if (request.path === '/jobs/query') jobs += 1;
          return session.call(request);
        },
        download: session.download,
        orgTime: session.orgTime,
      },
      lookUps: session,
      clock,
    };
    work.sandbox.clock.advance(3_600_000);
    const whole = await readRows(reader, products, { ...request, since: null });
    const known = rows.splice(0);
    work.sandbox.clock.advance(3_600_000);
    for (const { id } of known) core.records.update(core.table('Product2'), id, { IsActive: 0 });
    const [gone] = known;
    core.records.update(core.table('Product2'), gone?.id ?? '', { IsDeleted: 1 });

    for (const [most, byJob] of [
      [known.length, 0],
      [known.length - 1, 1],
    ] as const) {
      jobs = 0;
      const since = whole.ok ? whole.value.mark : null;
      const read = await readRows(reader, products, { ...request, since }, most);
      expect(read).toMatchObject({ ok: true, value: { rows: known.length } });
      expect(jobs).toBe(byJob);
      const byId = new Map(rows.splice(0).map((row) => [row.id, row]));
      expect(byId.size).toBe(known.length);
      for (const row of known)
        expect(byId.get(row.id)).toEqual({ ...row, active: false, gone: row === gone });
    }
  });

  it('are found from where this reading was, whatever became of the computer’s clock', async () => {
    let ahead = 0;
    const other = await startOrgAtWork(
      { clock: { ...systemClock, now: () => Date.now() + ahead } },
      { content: { products: 20, buyers: 2 } },
    );
    try {
      const rows: ProductRow[] = [];
      const request = takingInto(rows);
      let mark: string | null = null;
      for (const since of ['whole', 'changes']) {
        await other.org.catalog.readProducts({ ...request, since: null });
        // The clock is put right between two calls, a day forward.
        ahead += 86_400_000;
        const read = await other.org.catalog.readProducts({
          ...request,
          since: since === 'whole' ? null : mark,
        });
        mark = read.ok ? read.value.mark : null;
        expect(Date.parse(mark ?? '')).toBeLessThan(Date.now() + 60_000);
      }
      const [changed] = rows;
      const { core } = other.sandbox.org;
      core.records.update(core.table('Product2'), changed?.id ?? '', { IsActive: 0 });
      rows.length = 0;
      await other.org.catalog.readProducts({ ...request, since: mark });
      expect(rows).toContainEqual(expect.objectContaining({ id: changed?.id, active: false }));
    } finally {
      await other.stop();
    }
  });
});
