import { afterEach, describe, expect, it } from 'vitest';
import type { ProblemClass, ProblemCode } from '../../../contract/problem';
import { addPreset, type PresetChoice } from '../../../sandbox/http/presets';
import { type Office, openOffice } from '../../support/office';

/*
 * Every fault that the sandbox knows of the org, through the whole program and over HTTP: what it is taken for,
 * how long the queue waits, and that every order is in the org once when the fault is gone.
 */

let office: Office;
afterEach(() => office.stop());

const seconds = 1_000;
const minutes = 60 * seconds;

interface Shown {
  code: ProblemCode;
  class: ProblemClass;
  /** How long until the next try, least and most, in milliseconds; null: a person must act. */
  wait: readonly [least: number, most: number] | null;
}

const brief = [1, 2 * seconds] as const;

/** Faults that last until they are taken away, on every request of the kind: the queue waits as a whole. */
const lasting: [name: string, choice: PresetChoice, shown: Shown][] = [
  ['org-500-html', {}, { code: 'org.unavailable', class: 'transient', wait: brief }],
  ['org-500-json', {}, { code: 'org.unavailable', class: 'transient', wait: brief }],
  ['org-500-empty', {}, { code: 'org.unavailable', class: 'transient', wait: brief }],
  ['org-503-html', {}, { code: 'org.unavailable', class: 'transient', wait: brief }],
  ['org-503-json', {}, { code: 'org.unavailable', class: 'transient', wait: brief }],
  ['org-503-empty', {}, { code: 'org.unavailable', class: 'transient', wait: brief }],
  ['org-420', {}, { code: 'org.unavailable', class: 'transient', wait: brief }],
  ['org-429', {}, { code: 'org.concurrentLimit', class: 'quota', wait: [1, 15 * seconds] }],
  [
    'org-403-total-requests',
    {},
    { code: 'org.dailyLimit', class: 'quota', wait: [5 * minutes, 60 * minutes] },
  ],
  [
    'org-403-concurrent-requests',
    { times: null },
    { code: 'org.concurrentLimit', class: 'quota', wait: [seconds, 15 * seconds] },
  ],
  ['org-401-forever', {}, { code: 'org.sessionRefused', class: 'signIn', wait: null }],
  ['org-sign-in-down', {}, { code: 'org.unavailable', class: 'transient', wait: brief }],
  ['org-login-rate', {}, { code: 'org.signInRate', class: 'quota', wait: [5 * minutes, 30 * minutes] }],
];

/** Faults that strike a few times and pass: nobody has to do anything. */
const passing: [name: string, choice: PresetChoice][] = [
  ['org-401-once', {}],
  ['org-401-once', { scope: 'writes' }],
  ['org-403-concurrent-requests', { times: 1 }],
  ['org-lock-row', {}],
  ['org-drop-before', { scope: 'writes' }],
  ['org-drop-after', { scope: 'writes' }],
  ['org-drop-before', { scope: 'api', times: 2 }],
  ['org-drop-after', { scope: 'api', times: 2 }],
  ['org-truncated-json', {}],
  ['org-truncated-json', { scope: 'writes' }],
  ['org-truncated-connection', {}],
  ['org-truncated-connection', { scope: 'writes' }],
  ['org-500-json', { scope: 'writes', times: 2, phase: 'after' }],
  ['org-503-html', { scope: 'writes', times: 2, phase: 'before' }],
  ['org-late', { scope: 'writes', ms: 300 }],
  ['org-timeout', { scope: 'writes', ms: 300 }],
  ['org-slow-first', { scope: 'writes', ms: 300 }],
];

const numbersInOrg = () => office.sandbox.org.orders().map(({ storeOrder }) => storeOrder);
const numbersOf = (orders: { number: string }[]) => orders.map(({ number }) => number).sort();

async function begin(name: string, choice: PresetChoice): Promise<string[]> {
  office = await openOffice();
  const { faults } = office.sandbox;
  const rule = addPreset(faults, name, choice);
  if (rule === null) throw new Error(`no preset ${name}`);
  // The look-ups are a POST as well; here the orders themselves are meant.
  if (choice.scope === 'writes' && rule.fault.target === 'org' && rule.fault.kind !== 'refuse') {
    faults.remove(rule.id);
    faults.add({ ...rule.fault, path: 'composite/graph$' });
  }
  const orders = office.sandbox.confirmOrders(4);
  office.bridge.start();
  return numbersOf(orders);
}

async function everyOrderOnce(numbers: string[]): Promise<void> {
  await office.until(() => office.count('exported') === numbers.length, 40_000);
  expect(numbersInOrg().sort()).toEqual(numbers);
}

describe('a fault that lasts', () => {
  it.each(lasting)(
    '%s %o stops the queue as a whole, once, and is gone when it is gone',
    async (name, choice, shown) => {
      const numbers = await begin(name, choice);
      await office.until(() => office.bridge.links().org.state === 'down');
      const link = office.bridge.links().org;
      if (link.state !== 'down') throw new Error('the connection is up');
      expect(link.problem).toMatchObject({ code: shown.code, class: shown.class });
      if (shown.wait === null) expect(link.nextTryAt).toBeNull();
      else {
        const wait = (link.nextTryAt ?? Number.POSITIVE_INFINITY) - Date.now();
        expect(wait).toBeLessThanOrEqual(shown.wait[1]);
        expect(wait).toBeGreaterThanOrEqual(shown.wait[0] - seconds);
      }
      await office.until(() => office.count('pending') === numbers.length);
      expect(office.count('failed')).toBe(0);
      office.sandbox.faults.clear();
      office.bridge.tryNow();
      await everyOrderOnce(numbers);
      const notices = office.bridge.journal
        .list({ level: 'error', search: '', offset: 0, limit: 50 })
        .entries.filter(({ event }) => event === 'org.down');
      expect(notices).toHaveLength(1);
    },
  );

  it('org-401-forever is asked twice and no more: one new sign-in, one replay', async () => {
    await begin('org-401-forever', {});
    await office.until(() => office.bridge.links().org.state === 'down');
    const struck = () => office.sandbox.faults.report().reduce((sum, rule) => sum + rule.struck, 0);
    const calls = struck();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(struck()).toBe(calls);
    expect(calls).toBeLessThanOrEqual(2);
  });
});

describe('a fault that passes', () => {
  it.each(passing)('%s %o costs time and no order', async (name, choice) => {
    await everyOrderOnce(await begin(name, choice));
    expect(office.count('failed')).toBe(0);
  });
});

describe('an order that the org refuses', () => {
  it.each<[errorCode: string, message: string, code: ProblemCode]>([
    ['REQUIRED_FIELD_MISSING', 'Required fields are missing: [AccountId]', 'order.requiredField'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'La cuenta está bloqueada', 'order.refusedByRule'],
    ['FIELD_INTEGRITY_EXCEPTION', 'field integrity exception', 'order.refused'],
    [
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'bad value for restricted picklist field: X',
      'order.refused',
    ],
    ['STRING_TOO_LONG', 'Description: data value too large: x (max length=255)', 'order.textTooLong'],
    ['NUMBER_OUTSIDE_VALID_RANGE', 'Unit Price: number outside valid range', 'order.priceInvalid'],
    ['MALFORMED_ID', 'Account ID: id value of incorrect type: x', 'order.refused'],
    ['INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', 'order.refused'],
    ['ENTITY_IS_DELETED', 'entity is deleted', 'order.refused'],
    ['DUPLICATES_DETECTED', 'Use one of these records?', 'order.duplicateRule'],
    ['STANDARD_PRICE_NOT_DEFINED', 'No standard price defined for this product', 'order.refused'],
    ['A_CODE_NOBODY_KNOWS', 'Something new', 'order.refused'],
  ])('with %s fails with its reason, at once and alone', async (errorCode, message, code) => {
    office = await openOffice();
    const [first, ...others] = office.sandbox.confirmOrders(4);
    office.sandbox.faults.add({
      target: 'org',
      kind: 'refuse',
      method: 'POST',
      path: 'sobjects/Order$',
      errorCode,
      message,
      times: 1,
    });
    office.bridge.start();
    await office.until(() => office.count('failed') + office.count('exported') === 4);
    expect(office.count('failed')).toBe(1);
    const { rows } = office.bridge.book.list({
      states: ['failed'],
      changed: false,
      search: '',
      sort: 'newest',
      offset: 0,
      limit: 10,
    });
    expect(rows[0]?.status).toMatchObject({ state: 'failed', problems: [{ code, class: 'data' }] });
    expect(JSON.stringify(rows[0]?.status)).toContain(message);
    await office.bridge.desk.sendAll(['failed']);
    await everyOrderOnce(numbersOf(first === undefined ? others : [first, ...others]));
  });

  it.each<[errorCode: string, message: string, code: ProblemCode]>([
    ['INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', 'org.noAccess'],
    [
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'insufficient access rights on cross-reference id',
      'org.noAccess',
    ],
    ['TXN_SECURITY_METERING_ERROR', 'metering', 'org.noAccess'],
    ['STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded', 'org.storageFull'],
    ['API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner', 'org.apiDisabled'],
  ])(
    'with %s is not at fault: the queue waits and says what to set right',
    async (errorCode, message, code) => {
      office = await openOffice();
      const numbers = numbersOf(office.sandbox.confirmOrders(4));
      office.sandbox.faults.add({
        target: 'org',
        kind: 'refuse',
        method: 'POST',
        path: 'sobjects/Order$',
        errorCode,
        message,
      });
      office.bridge.start();
      await office.until(() => office.bridge.links().org.state === 'down');
      expect(office.bridge.links().org).toMatchObject({ problem: { code, class: 'setup' } });
      expect(office.count('failed')).toBe(0);
      office.sandbox.faults.clear();
      office.bridge.tryNow();
      await office.bridge.desk.sendAll(['retrying', 'pending']);
      await everyOrderOnce(numbers);
    },
  );
});
