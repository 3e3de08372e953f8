import { z } from 'zod';
import { orgChoicesSchema, priceListSchema } from './catalog';
import { updateParts } from './catalogRules';
import { problemSchema } from './problem';
import { fieldErrorsSchema } from './settings';

/** The form as a person left it; main checks it and answers with field errors. */
const typed = z.string().max(4000);
const orNone = typed.nullable();

export const catalogRulesDraftSchema = z.object({
  stock: z.object({
    percent: typed,
    buffer: typed,
    cap: orNone,
    minimum: typed,
    negative: z.enum(['zero', 'leave']),
    fractional: z.enum(['down', 'keep', 'leave']),
    missingRow: z.enum(['leave', 'zero']),
    openOrders: z.boolean(),
  }),
  prices: z.object({
    orgPrices: z.enum(['net', 'gross']),
    storePrices: z.enum(['net', 'gross']),
    taxRatePercent: typed,
    decimals: z.number().int(),
    zero: z.enum(['leave', 'take']),
    lists: z.array(z.object({ priceBook: typed, list: typed })).max(100),
  }),
  match: z.object({
    inactive: z.enum(['leave', 'zero']),
    missingInOrg: z.enum(['leave', 'zero']),
    duplicates: z.enum(['leave', 'combine']),
  }),
  guard: z.object({ toZeroPercent: orNone, priceMovePercent: orNone, missingPercent: orNone }),
  schedule: z.object({
    on: z.boolean(),
    everyMinutes: z.number().int(),
    part: z.enum(updateParts),
    dryRun: z.boolean(),
    fullEveryHours: typed,
  }),
  history: z.object({ keepDays: typed }),
});
export type CatalogRulesDraft = z.infer<typeof catalogRulesDraftSchema>;

export const catalogRulesViewSchema = z.object({ rules: catalogRulesDraftSchema });

/** The store's price lists and the org's price books, for the table between them. */
export const listChoicesSchema = z.object({
  lists: z.array(priceListSchema),
  priceBooks: orgChoicesSchema.shape.priceBooks,
  /** Why they could not be read, if they could not: names can still be typed. */
  problem: problemSchema.nullable(),
});
export type ListChoices = z.infer<typeof listChoicesSchema>;

export const saveCatalogRulesResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), view: catalogRulesViewSchema }),
  z.object({ kind: z.literal('invalid'), fields: fieldErrorsSchema }),
]);
