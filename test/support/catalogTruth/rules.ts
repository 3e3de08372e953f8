import type { Random } from '../../../sandbox/seed/random';
import type { OracleChoice, OracleItemRule, OracleRules, OracleWorld } from './oracle';
import { bookNames, companies } from './world';

/** Rules, choice, single products' rules and open orders, all by chance. */
export function rollWorld(dice: Random, skus: readonly string[]): OracleWorld {
  const items = new Map<string, OracleItemRule>();
  const open = new Map<string, string>();
  for (const sku of skus) {
    if (dice.chance(0.1)) items.set(sku, rollItemRule(dice));
    if (dice.chance(0.1)) open.set(sku, dice.pick(['1', '3', '2.5', '40', '0.75']));
  }
  const repeated = new Set(skus.filter(() => dice.chance(0.04)));
  return { rules: rollRules(dice), choice: rollChoice(dice), items, open, repeated };
}

export function rollRules(dice: Random): OracleRules {
  return {
    stock: {
      percent: dice.pick(['100', '100', '80', '33.33', '0']),
      buffer: dice.pick(['0', '0', '2', '1.5']),
      cap: dice.pick([null, null, '100', '7.5']),
      minimum: dice.pick(['0', '0', '3']),
      negative: dice.pick(['zero', 'leave']),
      fractional: dice.pick(['down', 'keep', 'leave']),
      missingRow: dice.pick(['leave', 'leave', 'zero']),
      openOrders: dice.chance(0.8),
    },
    prices: {
      orgPrices: dice.pick(['net', 'gross']),
      storePrices: dice.pick(['net', 'gross']),
      taxRatePercent: dice.pick(['21', '10.5', '0']),
      decimals: dice.pick([2, 2, 1, 0]),
      zero: dice.pick(['leave', 'take']),
      lists: dice.pick([
        [],
        [{ priceBook: bookNames[1], list: 'interior' }],
        [
          { priceBook: bookNames[2], list: 'mayorista' },
          { priceBook: bookNames[0], list: 'interior' },
        ],
      ]),
    },
    match: {
      inactive: dice.pick(['leave', 'zero']),
      missingInOrg: dice.pick(['leave', 'zero']),
      duplicates: dice.pick(['leave', 'combine']),
    },
  };
}

const rollChoice = (dice: Random): OracleChoice => ({
  warehouse: dice.pick(['', 'Norte', 'Sur', 'Este']),
  companies: dice.pick([[], [companies[0]], [companies[0], companies[1]]]),
  part: dice.pick(['both', 'both', 'both', 'stock', 'prices']),
});

function rollItemRule(dice: Random): OracleItemRule {
  return dice.pick<OracleItemRule>([
    { excluded: true },
    { percent: '50' },
    { buffer: '5' },
    { cap: '2' },
    { minimum: '20' },
    { buffer: '1', cap: '0' },
  ]);
}
