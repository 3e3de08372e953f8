import { z } from 'zod';
import { catalogNotes, productChangeSchema, readingSchema } from './catalog';
import { tableFormats } from './catalogFile';
import { productScopeSchema } from './catalogProduct';
import { decimalSchema } from './decimal';
import { problemSchema } from './problem';

/*
 * Store and org next to each other, SKU by SKU: what differs now, and what only one of them has.
 */

/**
 * How the two sides of a SKU stand: `catalogSides.status.<status>`. `similar`: one side does not know it, but one that
 * is almost the same; `leftAlone`: no update touches it, its notes say why.
 */
export const sideStatuses = ['equal', 'differs', 'storeOnly', 'orgOnly', 'similar', 'leftAlone'] as const;
export type SideStatus = (typeof sideStatuses)[number];

/** What the list can be narrowed to: `catalogSides.filter.<filter>`. */
export const sideFilters = [
  'all',
  'differs',
  'stock',
  'price',
  'storeOnly',
  'orgOnly',
  'similar',
  'duplicate',
  'leftAlone',
  'equal',
] as const;
export type SideFilter = (typeof sideFilters)[number];

export const sideSorts = ['sku', 'name', 'stock', 'price'] as const;

const amount = decimalSchema.nullable();

/** One SKU as both sides had it when they were last read. */
export const sideRowSchema = z.object({
  sku: z.string(),
  /** The store's name for it: the mirror keeps no other (`sideNamesSchema` has the org's). */
  name: z.string(),
  status: z.enum(sideStatuses),
  store: z.object({ stock: amount, price: amount }).nullable(),
  /** What the org itself says, before any rule; null values where it says nothing, or several things. */
  org: z.object({ products: z.number().int(), stock: amount, price: amount }).nullable(),
  /** What the rules make of it for the store; null leaves the store's value. */
  wanted: z.object({ stock: amount, price: amount }).nullable(),
  /** Prices of the store's further lists. */
  lists: z.array(z.object({ list: z.string(), store: amount, wanted: amount })),
  /** What an update would write. */
  change: productChangeSchema.nullable(),
  notes: z.array(z.enum(catalogNotes)),
  /** A SKU of the other side that is almost this one. */
  similar: z.string().nullable(),
});
export type SideRow = z.infer<typeof sideRowSchema>;

/** The front page of the report: how many SKUs there are of what. */
export const sidesSummarySchema = z.object({
  inStore: z.number().int(),
  inOrg: z.number().int(),
  /** SKUs that carry these statuses. */
  statuses: z.record(z.enum(sideStatuses), z.number().int()),
  /** SKUs whose stock, or one of whose prices, an update would change. */
  differs: z.number().int(),
  stock: z.number().int(),
  price: z.number().int(),
  /** SKUs that the store, or the org, has more than once. */
  duplicate: z.number().int(),
  notes: z.partialRecord(z.enum(catalogNotes), z.number().int()),
});
export type SidesSummary = z.infer<typeof sidesSummarySchema>;

/** What both sides are compared by, and whether all of it is read again. */
export const sidesChoiceSchema = productScopeSchema.extend({ reading: z.enum(['auto', 'full']) });
export type SidesChoice = z.infer<typeof sidesChoiceSchema>;

/** What the list on disk was made of. */
export const comparedSchema = z.object({
  /** When its reading began. */
  readAt: z.number().int(),
  scope: productScopeSchema,
  /** The names as the org has them. */
  warehouse: z.string().nullable(),
  priceBook: z.string(),
});
export type Compared = z.infer<typeof comparedSchema>;

export const sidesViewSchema = z.object({
  /** Grows when the list may have changed. */
  version: z.number().int(),
  /** A comparison at work. */
  work: z
    .discriminatedUnion('state', [
      z.object({ state: z.literal('reading'), reading: readingSchema }),
      z.object({ state: z.literal('comparing') }),
    ])
    .nullable(),
  /** Why the latest comparison came to nothing. */
  problem: problemSchema.nullable(),
  /** Null where both sides were never read, or their comparison was broken off. */
  compared: comparedSchema.nullable(),
  /** Rules or values have changed since: the list shows what was before. */
  outdated: z.boolean(),
});
export type SidesView = z.infer<typeof sidesViewSchema>;

export const sidesFilterSchema = z.object({
  filter: z.enum(sideFilters),
  note: z.enum(catalogNotes).nullable(),
  search: z.string().max(100),
});
export type SidesFilter = z.infer<typeof sidesFilterSchema>;

/** Rows that are to be saved as a report. */
export const exportSidesSchema = sidesFilterSchema.extend({ format: z.enum(tableFormats) });

export const sidesQuerySchema = sidesFilterSchema.extend({
  sort: z.enum(sideSorts),
  descending: z.boolean(),
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(500),
});
export type SidesQuery = z.infer<typeof sidesQuerySchema>;

/** Most names that are asked for at a time: more than there are rows on a screen. */
export const mostNames = 200;

/** The org's names of SKUs that the store has none for; those that are not known are left out. */
export const sideNamesQuerySchema = z.object({ skus: z.array(z.string().max(255)).min(1).max(mostNames) });
export const sideNamesSchema = z.object({ names: z.record(z.string(), z.string()) });

export const sidesPageSchema = z.object({
  rows: z.array(sideRowSchema),
  total: z.number().int(),
  summary: sidesSummarySchema,
});
export type SidesPage = z.infer<typeof sidesPageSchema>;
