import { describe, expect, it } from 'vitest';
import { Faults } from '../../../sandbox/http/faults';

const strikes = (faults: Faults, times: number, path = '/a') =>
  Array.from({ length: times }, () => faults.strike('org', { method: 'POST', path: path }).length > 0);

describe('faults', () => {
  it('strikes the nth request only', () => {
    const faults = new Faults();
    faults.add({ target: 'org', kind: 'drop', nth: 3 });
    expect(strikes(faults, 5)).toEqual([false, false, true, false, false]);
  });

  it('strikes so many times', () => {
    const faults = new Faults();
    faults.add({ target: 'org', kind: 'drop', times: 2 });
    expect(strikes(faults, 4)).toEqual([true, true, false, false]);
  });

  it('keeps to its target, method and path', () => {
    const faults = new Faults();
    faults.add({ target: 'org', kind: 'drop', method: 'post', path: 'graph$' });
    expect(faults.strike('store', { method: 'POST', path: '/graph' })).toEqual([]);
    expect(faults.strike('org', { method: 'GET', path: '/graph' })).toEqual([]);
    expect(faults.strike('org', { method: 'POST', path: '/graph/x' })).toEqual([]);
    expect(faults.strike('org', { method: 'POST', path: '/graph' })).toHaveLength(1);
    expect(faults.report()[0]).toMatchObject({ seen: 1, struck: 1 });
  });

  it('takes chances that repeat with their seed', () => {
    const run = (seed: number) => {
      const faults = new Faults();
      faults.add({ target: 'org', kind: 'drop', chance: 0.3, seed });
      return strikes(faults, 200);
    };
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
    const hits = run(5).filter(Boolean).length;
    expect(hits).toBeGreaterThan(35);
    expect(hits).toBeLessThan(85);
  });

  it('refuses what it cannot mean', () => {
    const faults = new Faults();
    expect(() => faults.add({ target: 'org', kind: 'drop', path: '(' })).toThrow(/regular expression/);
    expect(() => faults.add({ target: 'org', kind: 'drop', chance: 2 })).toThrow();
  });
});

describe('rules by name', () => {
  it('go one by one, and names are not used twice', () => {
    const faults = new Faults();
    const ids = [1, 2].map(() => faults.add({ target: 'org', kind: 'drop' }).id);
    expect(faults.remove(String(ids[0]))).toBe(true);
    expect(faults.remove(String(ids[0]))).toBe(false);
    expect(faults.report().map((rule) => rule.id)).toEqual([ids[1]]);
    expect(ids).not.toContain(faults.add({ target: 'org', kind: 'drop' }).id);
  });

  it('strike each request the first time only, when told so', () => {
    const faults = new Faults();
    faults.add({ target: 'org', kind: 'drop', first: true });
    const ask = (print: string) =>
      faults.strike('org', { method: 'POST', path: '/a', fingerprint: () => print }).length;
    expect([ask('x'), ask('y'), ask('x'), ask('y'), ask('z')]).toEqual([1, 1, 0, 0, 1]);
  });

  it('meet a mail at their own step', () => {
    const faults = new Faults();
    faults.add({
      target: 'mailbox',
      at: 'recipient',
      kind: 'refuse',
      code: 550,
      message: 'no',
      address: '^a@',
    });
    expect(faults.strikeMail('sender', 'a@x')).toEqual([]);
    expect(faults.strikeMail('recipient', 'b@x')).toEqual([]);
    expect(faults.strikeMail('recipient', 'a@x')).toMatchObject([{ code: 550 }]);
    expect(faults.strike('org', { method: 'POST', path: 'a@x' })).toEqual([]);
  });

  it('take several methods', () => {
    const faults = new Faults();
    faults.add({ target: 'org', kind: 'drop', method: ['post', 'PATCH'] });
    const ask = (method: string) => faults.strike('org', { method, path: '/' }).length;
    expect([ask('POST'), ask('PATCH'), ask('GET')]).toEqual([1, 1, 0]);
  });
});
