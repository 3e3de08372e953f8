import { z } from 'zod';
import { catalogNotes, productChangeSchema, refusalCodes, runRowSchema, runSchema } from './catalog';
import { itemRuleSchema, updateParts } from './catalogRules';
import { decimalSchema } from './decimal';
import { problemSchema } from './problem';
import { fieldErrorsSchema } from './settings';

const amount = decimalSchema.nullable();
const listPrices = z.array(z.object({ list: z.string(), price: amount }));

/** A product of the store or the org that a search has found. */
const foundSchema = z.object({ sku: z.string(), name: z.string() });

export const productSearchSchema = z.object({
  found: z.array(foundSchema),
  /** Why the org could not be asked, if it could not: what the store has is shown all the same. */
  problem: problemSchema.nullable(),
});
export type ProductSearch = z.infer<typeof productSearchSchema>;

/** Which of the org's values a product is compared with. */
export const productScopeSchema = z.object({
  warehouse: z.string().trim().max(255),
  companies: z.array(z.string().trim().min(1).max(80)).max(50),
});
export type ProductScope = z.infer<typeof productScopeSchema>;

/** Blanks count: they may be what tells a SKU from another. */
const sku = z
  .string()
  .max(255)
  .refine((text) => text.trim() !== '');

export const productQuerySchema = z.object({ sku, scope: productScopeSchema });

/** A product with this SKU in the org; the values are null where it has none. */
const orgProductSchema = z.object({
  name: z.string(),
  active: z.boolean(),
  company: z.string().nullable(),
  price: amount,
  priceActive: z.boolean(),
  lists: listPrices,
  /** The sum of its stock rows where they count. */
  stock: amount,
  stockRows: z.number().int(),
});

/** One SKU as both sides have it now, what an update would do to it, and what was done to it. */
export const productViewSchema = z.object({
  sku: z.string(),
  name: z.string(),
  scope: productScopeSchema,
  /** The names as the org has them. */
  warehouse: z.string().nullable(),
  priceBook: z.string().nullable(),
  /** Why the org's prices, or its stock, could not be had: the other is shown all the same. */
  lacks: z.array(problemSchema),
  store: z.object({ stock: amount, price: amount, lists: listPrices }).nullable(),
  org: z.array(orgProductSchema),
  /** What the rules make of the org's values; null leaves the store's. */
  wanted: z.object({ stock: amount, price: amount, lists: listPrices }).nullable(),
  change: productChangeSchema.nullable(),
  notes: z.array(z.enum(catalogNotes)),
  /** A SKU of the other side that is almost this one. */
  similar: z.string().nullable(),
  /** Units in confirmed orders that the org has not got yet. */
  openUnits: amount,
  rule: itemRuleSchema.nullable(),
  history: z.array(z.object({ run: runSchema, row: runRowSchema })),
  readAt: z.number().int(),
});
export type ProductView = z.infer<typeof productViewSchema>;

export const productUpdateSchema = productQuerySchema.extend({
  part: z.enum(updateParts),
  /** What the person was shown: anything else is shown again before it is written. */
  shown: productChangeSchema,
});

/** What became of updating one product. */
export const productOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('written'), view: productViewSchema }),
  z.object({ kind: z.literal('changed'), view: productViewSchema }),
  z.object({
    kind: z.literal('refused'),
    code: z.enum(refusalCodes),
    message: z.string(),
    view: productViewSchema,
  }),
]);
export type ProductOutcome = z.infer<typeof productOutcomeSchema>;

/** The form of a product's own rule as a person left it. */
const typed = z.string().max(100).nullable();
export const itemRuleDraftSchema = z.object({
  excluded: z.boolean(),
  percent: typed,
  buffer: typed,
  cap: typed,
  minimum: typed,
});
export type ItemRuleDraft = z.infer<typeof itemRuleDraftSchema>;

/** No rule: the product follows the general ones. */
export const setItemRuleSchema = z.object({ sku, rule: itemRuleDraftSchema.nullable() });
export const setItemRuleResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved') }),
  z.object({ kind: z.literal('invalid'), fields: fieldErrorsSchema }),
]);
