import { describe, expect, it } from 'vitest';
import { Faults } from '../../../sandbox/http/faults';
import { readOptions } from '../../chaos/options';
import { makePlan } from '../../chaos/plan';
import { createWeather } from '../../chaos/weather';

describe('the plan', () => {
  const options = { orders: 2000, kills: 30, faults: 0.2, seed: 5 };

  it('is the same for the same seed, and another one for another', () => {
    expect(makePlan(options)).toEqual(makePlan(options));
    expect(makePlan({ ...options, seed: 6 }).kills).not.toEqual(makePlan(options).kills);
  });

  it('confirms every order, kills as often as asked, and everything in its order', () => {
    for (const orders of [1, 7, 120, 2000]) {
      const plan = makePlan({ ...options, orders });
      expect(plan.waves.reduce((sum, wave) => sum + wave.orders, 0)).toBe(orders);
    }
    const { kills, incidents } = makePlan(options);
    expect(kills).toHaveLength(30);
    for (const list of [kills, incidents])
      expect(list.map(({ at }) => at)).toEqual(list.map(({ at }) => at).sort((a, b) => a - b));
  });
});

describe('the weather', () => {
  const paths = [
    ['org', 'POST', '/services/data/v62.0/composite/graph'],
    ['org', 'POST', '/services/oauth2/token'],
    ['store', 'GET', '/v1/orders'],
  ] as const;

  it.each(paths)('strikes the share of calls that was asked for: %s %s %s', (target, method, path) => {
    const faults = new Faults();
    const weather = createWeather({ faults });
    weather.storm(0.2, 3);
    for (let call = 0; call < 5000; call += 1)
      expect(faults.strike(target, { method, path }).length).toBeLessThan(2);
    expect(weather.calls()).toBe(5000);
    expect(weather.struck() / 5000).toBeCloseTo(0.2, 1);
  });

  it('strikes before and after the effect, and not at all when it is calm', () => {
    const faults = new Faults();
    const weather = createWeather({ faults });
    weather.storm(0.5, 3);
    const request = { method: 'POST', path: '/services/data/v62.0/composite/graph' };
    const struck = Array.from({ length: 500 }, () => faults.strike('org', request)).flat();
    expect(new Set(struck.map(({ phase }) => phase))).toEqual(new Set(['before', 'after']));
    expect(new Set(struck.map(({ kind }) => kind))).toEqual(new Set(['drop', 'delay', 'status', 'truncate']));
    const before = weather.struck();
    weather.clear();
    for (let call = 0; call < 100; call += 1) faults.strike('org', request);
    expect(weather.struck()).toBe(before);
  });
});

describe('the command line', () => {
  it('has the long form, the short form, and what is said otherwise', () => {
    expect(readOptions([])).toEqual({ orders: 2000, kills: 30, faults: 0.2, seed: 1 });
    expect(readOptions(['--', '--short', '--kills', '5', '--json', 'x'])).toEqual({
      orders: 120,
      kills: 5,
      faults: 0.2,
      seed: 1,
      json: 'x',
    });
  });

  it.each([['--orders', '0'], ['--faults', '2'], ['--kills', 'many'], ['--nonsense']])(
    'refuses %s %s',
    (...argv) => {
      expect(() => readOptions(argv.filter((part) => part !== undefined))).toThrow();
    },
  );
});
