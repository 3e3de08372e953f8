import { afterEach, expect, it, vi } from 'vitest';
import { type Office, openOffice } from '../../support/office';

let office: Office;
afterEach(async () => {
  vi.useRealTimers();
  await office.stop();
});

/** What Salesforce counts against the day's limit. */
const calls = () => office.sandbox.org.core.apiCalls;

async function costOfOne(): Promise<number> {
  const before = { calls: calls(), exported: office.count('exported') };
  office.sandbox.confirmOrders(1);
  await office.until(() => office.count('exported') === before.exported + 1);
  return calls() - before.calls;
}

it('an order of a known buyer costs two calls at most, whatever is remembered of the org', async () => {
  office = await openOffice();
  const { buyers } = office.sandbox.world;
  expect(buyers.length).toBeGreaterThan(0);
  office.bridge.start();
  await office.until(() => office.bridge.links().org.state === 'up');
  // The first order of all learns the org's price books and statuses.
  await costOfOne();
  expect(await costOfOne()).toBeLessThanOrEqual(2);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * 60_000 });
  expect(await costOfOne()).toBeLessThanOrEqual(2);
  vi.setSystemTime(Date.now() + 24 * 60 * 60_000);
  expect(await costOfOne()).toBeLessThanOrEqual(2);
});

it('a backlog costs less than a twentieth of four calls an order', async () => {
  office = await openOffice({ content: { products: 200, buyers: 40 } });
  office.sandbox.confirmOrders(300);
  const before = calls();
  office.bridge.start();
  await office.until(() => office.count('exported') === 300, 50_000);
  expect(calls() - before).toBeLessThan((300 * 4) / 20);
});
