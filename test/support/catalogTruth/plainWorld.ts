import type { OracleWorld } from './oracle';

/** The rules as the program comes, everything from one warehouse. */
export const plainWorld: OracleWorld = {
  rules: {
    stock: {
      percent: '100',
      buffer: '0',
      cap: null,
      minimum: '0',
      negative: 'zero',
      fractional: 'down',
      missingRow: 'leave',
      openOrders: true,
    },
    prices: {
      orgPrices: 'net',
      storePrices: 'net',
      taxRatePercent: '21',
      decimals: 2,
      zero: 'leave',
      lists: [],
    },
    match: { inactive: 'leave', missingInOrg: 'leave', duplicates: 'leave' },
  },
  choice: { warehouse: 'Depósito Avellaneda', companies: [], part: 'both' },
  items: new Map(),
  open: new Map(),
  repeated: new Set(),
};
