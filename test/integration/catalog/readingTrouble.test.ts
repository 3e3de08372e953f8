import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../contract/problem';
import type { FaultInput } from '../../../sandbox/http/fault';
import { addPreset } from '../../../sandbox/http/presets';
import { type CatalogInTrouble, startCatalogInTrouble } from '../../support/catalogInTrouble';
import { expectTold } from '../../support/catalogTruth/account';
import { storeValues } from '../../support/catalogTruth/oracle';

let work: CatalogInTrouble['work'];
let line: CatalogInTrouble['line'];
let expectWell: CatalogInTrouble['expectWell'];
beforeEach(async () => {
  ({ work, line, expectWell } = await startCatalogInTrouble());
});
afterEach(() => work.stop());

const org = (fault: object): FaultInput => ({ target: 'org', ...fault }) as FaultInput;
const secondPage = '/query/01g';
const expired = { status: 401, body: '[{"message":"Session expired","errorCode":"INVALID_SESSION_ID"}]' };

describe('the org in trouble half-way through reading', () => {
  it.each<[string, () => void]>([
    [
      'the session ends',
      () => work.sandbox.faults.add(org({ kind: 'status', path: secondPage, ...expired, times: 1 })),
    ],
    ['the line breaks', () => work.sandbox.faults.add(org({ kind: 'drop', path: secondPage, times: 2 }))],
    [
      'an answer is cut off',
      () => work.sandbox.faults.add(org({ kind: 'truncate', path: secondPage, cut: false, times: 2 })),
    ],
    ['the servers in front say 503', () => addPreset(work.sandbox.faults, 'org-503-html', { times: 3 })],
    ['there are too many calls at once', () => addPreset(work.sandbox.faults, 'org-403-concurrent-requests')],
  ])('is waited for when %s', async (_why, strike) => {
    strike();
    expect((await work.update({}, true)).status).toMatchObject({ state: 'done', refused: 0, left: 0 });
    await expectWell();
  });

  it.each<[string, ProblemCode, () => void]>([
    ['stays down', 'org.unavailable', () => addPreset(work.sandbox.faults, 'org-503-json', { times: null })],
    ['has no calls left', 'org.dailyLimit', () => addPreset(work.sandbox.faults, 'org-403-total-requests')],
    ['refuses every session', 'org.sessionRefused', () => addPreset(work.sandbox.faults, 'org-401-forever')],
    [
      'refuses the password',
      'org.wrongCredentials',
      () =>
        work.sandbox.faults.add(
          org({
            kind: 'status',
            path: 'oauth2/token',
            status: 400,
            body: '{"error":"invalid_grant","error_description":"authentication failure"}',
          }),
        ),
    ],
    [
      'cuts every answer off',
      'org.badAnswer',
      () => work.sandbox.faults.add(org({ kind: 'truncate', path: secondPage, cut: false })),
    ],
    [
      'gives fewer rows than it announced',
      'org.badAnswer',
      () =>
        line.tamper({
          path: /\/query/,
          answer: ({ totalSize, ...page }) => ({ ...page, totalSize: Number(totalSize) + 1 }),
        }),
    ],
  ])('is told when it %s, and nothing was written', async (_what, code, strike) => {
    const before = storeValues(work.sandbox);
    strike();
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({ state: 'failed', problem: { code } });
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.failed', problem: { code } });
    if (run.status.state === 'failed') expectTold(run.status.problem);
    expect(storeValues(work.sandbox)).toEqual(before);
    await expectWell();
  });
});

describe('the store in trouble half-way through reading', () => {
  const store = (fault: object): FaultInput =>
    ({ target: 'store', path: '/v1/products$', ...fault }) as FaultInput;

  it.each<[string, object]>([
    ['asks for time', { kind: 'status', status: 429, headers: { 'retry-after': '1' }, nth: 3 }],
    ['is away', { kind: 'status', status: 503, nth: 4 }],
    ['breaks the line', { kind: 'drop', nth: 5 }],
    ['sends the page of a hotel', { kind: 'status', status: 200, body: '<html>Wi-Fi</html>', nth: 3 }],
    ['cuts its answer off', { kind: 'truncate', cut: false, nth: 2 }],
  ])('is waited for when it %s', async (_what, fault) => {
    work.sandbox.faults.add(store(fault));
    expect((await work.update({}, true)).status).toMatchObject({ state: 'done', refused: 0, left: 0 });
    await expectWell();
  });

  it.each<[string, ProblemCode, () => void]>([
    [
      'does not take the token any more',
      'store.tokenRefused',
      () => work.sandbox.faults.add(store({ kind: 'status', status: 401, nth: 3 })),
    ],
    [
      'is not there',
      'store.wrongAddress',
      () => work.sandbox.faults.add(store({ kind: 'status', status: 404, body: '<html></html>', nth: 3 })),
    ],
    [
      'gives a page of nothing before the end',
      'store.badAnswer',
      () =>
        line.tamper({ path: /\/v1\/products$/, answer: (page) => ({ ...page, products: [], more: true }) }),
    ],
    [
      'gives one page for ever',
      'store.badAnswer',
      () =>
        line.tamper({
          path: /\/v1\/products$/,
          address: (url) => url.searchParams.delete('after'),
          answer: (page) => ({ ...page, more: true }),
        }),
    ],
    [
      'goes round in circles',
      'store.badAnswer',
      () => {
        let page = 0;
        line.tamper({
          path: /\/v1\/products$/,
          answer: (got) => ({ ...got, cursor: `place ${page++ % 3}`, more: true }),
          address: (url) => url.searchParams.delete('after'),
        });
      },
    ],
  ])('is told when it %s, and nothing was written', async (_what, code, strike) => {
    const before = storeValues(work.sandbox);
    strike();
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({ state: 'failed', problem: { code } });
    if (run.status.state === 'failed') expectTold(run.status.problem);
    expect(storeValues(work.sandbox)).toEqual(before);
    await expectWell();
  });
});

describe('a side that is down while it is read', () => {
  const waiting = () => {
    const status = work.catalog.updates.current()?.status;
    return status?.state === 'reading' ? status.reading.waiting : null;
  };
  const store = (fault: object): FaultInput =>
    ({ target: 'store', path: '/v1/products$', kind: 'status', status: 503, ...fault }) as FaultInput;

  it('is told with when it is tried again, and no more when it is well', async () => {
    work.sandbox.faults.add(store({ times: 2 }));
    const begun = await work.catalog.updates.begin(work.choice(), { applyAtOnce: true, trigger: 'person' });
    expect(begun.ok).toBe(true);
    await expect.poll(waiting, { interval: 20 }).toEqual({
      org: null,
      store: {
        problem: expect.objectContaining({ code: 'store.unavailable' }),
        nextTryAt: expect.any(Number),
      },
    });
    await expect.poll(waiting, { interval: 5, timeout: 5_000 }).not.toMatchObject({ store: {} });
    expect((await work.until('done')).status).toMatchObject({ refused: 0, left: 0 });
  });

  it('is told before anything is read, and by a comparison too', async () => {
    work.sandbox.faults.add(store({ path: '/v1/store$' }));
    await work.catalog.updates.begin(work.choice(), { applyAtOnce: true, trigger: 'person' });
    await expect
      .poll(waiting, { interval: 2 })
      .toMatchObject({ store: { problem: { code: 'store.unavailable' } } });
    await work.until('failed');
    const begun = work.catalog.comparisons.begin({ ...work.choice(), reading: 'auto' });
    expect(begun.ok).toBe(true);
    await expect
      .poll(() => work.catalog.comparisons.current().work, { interval: 2 })
      .toMatchObject({ reading: { waiting: { store: { problem: { code: 'store.unavailable' } } } } });
    await work.compared();
  });

  it('does not keep a person who cancels', async () => {
    work.sandbox.faults.add(store({}));
    const begun = await work.catalog.updates.begin(work.choice(), { applyAtOnce: true, trigger: 'person' });
    // In the middle of a long wait.
    await expect.poll(() => waiting()?.store?.nextTryAt ?? 0, { timeout: 5_000 }).toBeGreaterThan(0);
    const at = Date.now();
    expect((await work.catalog.updates.cancel(begun.ok ? begun.value.id : 0)).ok).toBe(true);
    expect(Date.now() - at).toBeLessThan(400);
    expect(work.catalog.updates.current()?.status).toMatchObject({ state: 'cancelled', applied: 0 });
    await expectWell();
  });
});
