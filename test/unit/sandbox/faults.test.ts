import { describe, expect, it } from 'vitest';
import { Faults } from '../../../sandbox/http/faults';

const strikes = (faults: Faults, times: number, path = '/a') =>
  Array.from({ length: times }, () => faults.strike('org', 'POST', path).length > 0);

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
    expect(faults.strike('store', 'POST', '/graph')).toEqual([]);
    expect(faults.strike('org', 'GET', '/graph')).toEqual([]);
    expect(faults.strike('org', 'POST', '/graph/x')).toEqual([]);
    expect(faults.strike('org', 'POST', '/graph')).toHaveLength(1);
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
