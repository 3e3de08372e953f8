import { z } from 'zod';
import { orNone, text, typedNumber } from './typed';

/** What an update writes into the store. */
export const updateParts = ['both', 'stock', 'prices'] as const;
export type UpdatePart = (typeof updateParts)[number];

const quantity = typedNumber(/^\d{1,9}(?:\.\d{1,4})?$/);
const percent = typedNumber(/^\d{1,3}(?:\.\d{1,2})?$/);
const share = typedNumber(/^(?:\d{1,2}(?:\.\d{1,2})?|100)$/);

/** How much of the org's stock the store offers. Applied in this order: percent, buffer, cap, minimum. */
const offerSchema = z.object({
  /** Share of the stock that is offered. */
  percent: share.prefault('100'),
  /** Units kept back: the safety stock. */
  buffer: quantity.prefault('0'),
  /** At most so many are shown. */
  cap: orNone(quantity).prefault(null),
  /** Fewer than so many are shown as none. */
  minimum: quantity.prefault('0'),
});

export const stockRulesSchema = offerSchema.extend({
  negative: z.enum(['zero', 'leave']).default('zero'),
  fractional: z.enum(['down', 'keep', 'leave']).default('down'),
  /** The org knows the product and has no stock row for it where it was looked for: that is not zero. */
  missingRow: z.enum(['leave', 'zero']).default('leave'),
  /** Units of confirmed orders that the org has not got yet are taken off. */
  openOrders: z.boolean().default(true),
});
export type StockRules = z.output<typeof stockRulesSchema>;

export const priceRulesSchema = z.object({
  /** Whether the org's and the store's prices contain IVA. */
  orgPrices: z.enum(['net', 'gross']).default('net'),
  storePrices: z.enum(['net', 'gross']).default('net'),
  taxRatePercent: percent.prefault('21'),
  /** Decimals that the store's prices have; rounded half up. */
  decimals: z.number().int().min(0).max(2).default(2),
  /** A price of nothing in the org. */
  zero: z.enum(['leave', 'take']).default('leave'),
  /** Further price books, each with the store's list that it feeds. */
  lists: z
    .array(z.object({ priceBook: text(255).min(1, 'required'), list: text(80).min(1, 'required') }))
    .max(20, 'tooLong')
    .default([]),
});
export type PriceRules = z.output<typeof priceRulesSchema>;

/** What becomes of products that do not match one to one. */
export const matchRulesSchema = z.object({
  /** Switched off in the org. */
  inactive: z.enum(['leave', 'zero']).default('leave'),
  /** Unknown to the org. */
  missingInOrg: z.enum(['leave', 'zero']).default('leave'),
  /** Several active products of the org carry the SKU: left alone, or stock added up and the price taken where all agree. */
  duplicates: z.enum(['leave', 'combine']).default('leave'),
});
export type MatchRules = z.output<typeof matchRulesSchema>;

/** Limits that stop a plan until a person agrees; a blank one is off. */
export const guardRulesSchema = z.object({
  /** Share of the products in stock that would have none. */
  toZeroPercent: orNone(share).prefault('20'),
  /** A price that moves by more. */
  priceMovePercent: orNone(percent).prefault('50'),
  /** Share of the store's products that the org does not know: a wrong company, say. */
  missingPercent: orNone(share).prefault('30'),
});
export type GuardRules = z.output<typeof guardRulesSchema>;

/** Slots that divide a day evenly, so that they fall on the same hours every day. */
export const scheduleMinutes = [15, 30, 60, 120, 180, 240, 360, 480, 720, 1440] as const;

/** Updates that begin by themselves, at whole multiples of so many minutes, in UTC. */
export const catalogScheduleSchema = z.object({
  on: z.boolean().default(false),
  everyMinutes: z.union(scheduleMinutes.map((minutes) => z.literal(minutes))).default(60),
  part: z.enum(updateParts).default('both'),
  /** Dry runs make the plan and leave it to a person. */
  dryRun: z.boolean().default(false),
  /** After so many hours everything is read again, instead of what changed. */
  fullEveryHours: z.coerce
    .number('hours')
    .int('hours')
    .refine((hours) => hours >= 1 && hours <= 168, 'hours')
    .default(24),
});

/** For how many days runs are kept. */
const keptDays = { least: 7, most: 3650 };

/** How far back the history goes. */
export const historyRulesSchema = z.object({
  keepDays: z.coerce
    .number('days')
    .int('days')
    .refine((days) => days >= keptDays.least && days <= keptDays.most, 'days')
    .default(180),
});

/** What a person decides about stock and prices. Every rule has a safe default. */
export const catalogRulesSchema = z.object({
  stock: stockRulesSchema.prefault({}),
  prices: priceRulesSchema.prefault({}),
  match: matchRulesSchema.prefault({}),
  guard: guardRulesSchema.prefault({}),
  schedule: catalogScheduleSchema.prefault({}),
  history: historyRulesSchema.prefault({}),
});
export type CatalogRules = z.output<typeof catalogRulesSchema>;

/**
 * Rules as they may be saved: each list of the store is fed by one price book. Older settings may not know that, and must
 * be readable all the same; an update then says so.
 */
export const savedCatalogRulesSchema = catalogRulesSchema.superRefine(({ prices }, context) => {
  if (listFedTwice(prices.lists) !== null)
    context.addIssue({ code: 'custom', path: ['prices', 'lists', 'list'], message: 'listTwice' });
});

/** A list of the store that more than one price book would feed. */
export function listFedTwice(lists: PriceRules['lists']): string | null {
  const fed = new Set<string>();
  for (const { list } of lists) {
    if (fed.has(list)) return list;
    fed.add(list);
  }
  return null;
}

export const defaultCatalogRules: CatalogRules = catalogRulesSchema.parse({});

/** The rule of one product, where it differs: a blank field follows the general rule. */
export const itemRuleSchema = z.object({
  /** Never touched by an update. */
  excluded: z.boolean().default(false),
  percent: orNone(share).prefault(null),
  buffer: orNone(quantity).prefault(null),
  cap: orNone(quantity).prefault(null),
  minimum: orNone(quantity).prefault(null),
});
export type ItemRule = z.output<typeof itemRuleSchema>;
