import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProblemClass, ProblemCode } from '../../../contract/problem';
import { addPreset, type PresetChoice } from '../../../sandbox/http/presets';
import { type OrderFlaw, orderFlaws } from '../../../sandbox/store/switches';
import { type Office, openOffice } from '../../support/office';

/*
 * Every fault that the sandbox knows of the store, through the whole program and over HTTP: what it is taken for,
 * and that every order is in the org once when it is gone.
 */

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.stop());

const numbersInOrg = () =>
  office.sandbox.org
    .orders()
    .map(({ storeOrder }) => storeOrder)
    .sort();
const numbersOf = (orders: { number: string }[]) => orders.map(({ number }) => number).sort();

describe('a store that fails', () => {
  it.each<[name: string, code: ProblemCode, kind: ProblemClass, mostWaitSeconds: number | null]>([
    ['store-429', 'store.rateLimited', 'quota', 10],
    ['store-503', 'store.unavailable', 'transient', 30],
    ['store-502-html', 'store.unavailable', 'transient', 60],
    ['store-401', 'store.tokenRefused', 'signIn', null],
    ['store-portal', 'store.badAnswer', 'transient', 60],
  ])('with %s is shown with its reason and loses nothing', async (name, code, kind, most) => {
    addPreset(office.sandbox.faults, name);
    office.bridge.start();
    await office.until(() => office.bridge.links().store.state === 'down');
    const link = office.bridge.links().store;
    if (link.state !== 'down') throw new Error('the store is up');
    expect(link.problem).toMatchObject({ code, class: kind });
    if (most === null) expect(link.nextTryAt).toBeNull();
    else expect((link.nextTryAt ?? 0) - Date.now()).toBeLessThanOrEqual(most * 1_000);
    const numbers = numbersOf(office.sandbox.confirmOrders(5));
    office.sandbox.faults.clear();
    office.bridge.tryNow();
    await office.until(() => office.count('exported') === 5);
    expect(numbersInOrg()).toEqual(numbers);
  });

  it.each<[name: string, choice: PresetChoice]>([
    ['store-drop', { times: 3 }],
    ['store-slow', { ms: 400 }],
    ['store-truncated', { times: 2 }],
  ])('with %s passes by itself', async (name, choice) => {
    addPreset(office.sandbox.faults, name, choice);
    const numbers = numbersOf(office.sandbox.confirmOrders(5));
    office.bridge.start();
    await office.until(() => office.count('exported') === 5);
    expect(numbersInOrg()).toEqual(numbers);
  });

  it('that forgets its cursors and repeats its orders sends nothing twice', async () => {
    office.sandbox.store.setSwitches({ repeatOrders: true });
    const first = numbersOf(office.sandbox.confirmOrders(5));
    office.bridge.start();
    await office.until(() => office.count('exported') === 5);
    office.sandbox.store.forgetCursors();
    const second = numbersOf(office.sandbox.confirmOrders(5));
    office.bridge.tryNow();
    await office.until(() => office.count('exported') === 10, 30_000);
    expect(numbersInOrg()).toEqual([...first, ...second].sort());
  });
});

describe('an order that the store sends wrong', () => {
  /** Null: it can be exported all the same. What does not keep to the store's contract is kept as it came. */
  const codes: Record<OrderFlaw, ProblemCode | null> = {
    extraFields: null,
    nullText: 'order.unreadable',
    numberAsNumber: 'order.unreadable',
    taxIdMissing: 'order.unreadable',
    taxIdBlank: 'order.taxIdMissing',
    taxIdWrong: 'order.taxIdInvalid',
    skuUnknown: 'order.skuNotInPriceBook',
    skuBlank: 'order.unreadable',
    totalsOff: 'order.totalMismatch',
    lineTotalOff: 'order.totalMismatch',
    dateInvalid: 'order.unreadable',
    noLines: 'order.noLines',
    schemaBroken: 'order.unreadable',
  };

  it.each(orderFlaws)('(%s) holds up no other order', async (flaw) => {
    const [wrong] = office.sandbox.confirmOrders(1, { flaw });
    const good = office.sandbox.confirmOrders(3);
    office.bridge.start();
    const code = codes[flaw];
    await office.until(() => office.count('exported') + office.count('failed') === 4);
    if (code === null) {
      expect(numbersInOrg()).toEqual(numbersOf([...good, ...(wrong === undefined ? [] : [wrong])]));
      return;
    }
    expect(numbersInOrg()).toEqual(numbersOf(good));
    const query = {
      states: ['failed'],
      changed: false,
      search: '',
      sort: 'newest',
      offset: 0,
      limit: 5,
    } as const;
    const { rows } = office.bridge.book.list(query);
    expect(rows).toHaveLength(1);
    const status = rows[0]?.status;
    const problems = status?.state === 'failed' ? status.problems : [];
    expect(problems.map((one) => one.code)).toContain(code);
    expect(problems.every((one) => one.class === 'data')).toBe(true);
  });
});
