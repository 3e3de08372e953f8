import { z } from 'zod';

/** What can be wrong with an order that the store sends. Each is bound to the order: it is wrong at every read. */
export const orderFlaws = [
  'taxIdMissing',
  'taxIdBlank',
  'taxIdWrong',
  'skuUnknown',
  'skuBlank',
  'totalsOff',
  'lineTotalOff',
  'nullText',
  'extraFields',
  'numberAsNumber',
  'dateInvalid',
  'noLines',
  'schemaBroken',
] as const;
export type OrderFlaw = (typeof orderFlaws)[number];

/** What can be wrong with a product, wherever the catalogue is read or written. */
export const productFlaws = [
  'missing',
  'duplicated',
  'otherCase',
  'blanksAround',
  'stockNegative',
  'stockFractional',
  'priceBlank',
  'nameNull',
  'skuNull',
  'stockText',
  'priceAsNumber',
  'writeRefused',
] as const;
export type ProductFlaw = (typeof productFlaws)[number];

const day = 24 * 60 * 60_000;
/** `some`: one product in twenty, always the same ones. Otherwise these SKUs. */
const products = z.union([z.literal('some'), z.array(z.string().min(1)).max(1000)]);

/** What can be changed while the store runs. */
export const storeSwitchesSchema = z.strictObject({
  /** `connection`: the line is dead. `maintenance`: 503 for everything. */
  down: z.enum(['no', 'connection', 'maintenance']),
  /** Above it the answer is 429 with Retry-After; null: no limit. */
  requestsPerMinute: z.number().int().positive().nullable(),
  /** How far the store's clock is off. */
  clockSkewMs: z
    .number()
    .int()
    .min(-7 * day)
    .max(7 * day),
  /** A page of the feed begins with the last order of the page before. */
  repeatOrders: z.boolean(),
  /** What is wrong with one in `every` orders that are confirmed from now on. */
  orderFlaw: z
    .strictObject({ kind: z.enum(orderFlaws), every: z.number().int().min(1).max(1000) })
    .nullable(),
  productFlaws: z.partialRecord(z.enum(productFlaws), products),
});
export type StoreSwitches = z.infer<typeof storeSwitchesSchema>;

export const defaultStoreSwitches: StoreSwitches = {
  down: 'no',
  requestsPerMinute: null,
  clockSkewMs: 0,
  repeatOrders: false,
  orderFlaw: null,
  productFlaws: {},
};
