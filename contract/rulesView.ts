import { z } from 'zod';
import { decimalSchema } from './decimal';
import { vatStatuses } from './order';
import { problemSchema } from './problem';
import {
  buyerPolicies,
  chargeModes,
  charges,
  discountModes,
  leftOutKinds,
  orgPriceKinds,
  storePriceKinds,
} from './rules';
import { fieldErrorsSchema } from './settings';

/** The form as a person left it; main checks it and answers with field errors. */
const typed = z.string().max(4000);
export const rulesDraftSchema = z.object({
  amounts: z.object({
    storePrices: z.enum(storePriceKinds),
    orgPrices: z.enum(orgPriceKinds),
    taxRatePercent: typed,
    discount: z.enum(discountModes),
    shipping: z.enum(chargeModes),
    surcharge: z.enum(chargeModes),
    tax: z.enum(chargeModes),
    discountSku: typed,
    shippingSku: typed,
    surchargeSku: typed,
    taxSku: typed,
  }),
  vatCodes: z.object({
    'responsable-inscripto': typed,
    monotributo: typed,
    exento: typed,
    'consumidor-final': typed,
    other: typed,
  }),
  buyerPolicy: z.enum(buyerPolicies),
  activateAs: typed,
  hold: z.object({
    confirmedFrom: typed.nullable(),
    confirmedTo: typed.nullable(),
    totalOver: typed.nullable(),
    newBuyers: z.boolean(),
    salesRepOrders: z.boolean(),
    withNotes: z.boolean(),
    otherCompanies: z.boolean(),
    paymentTerms: z.array(typed).max(200),
  }),
});
export type RulesDraft = z.infer<typeof rulesDraftSchema>;

export const rulesViewSchema = z.object({
  rules: rulesDraftSchema,
  /** The built-in words for each VAT status, shown where the person has written none. */
  vatDefaults: z.record(z.enum(vatStatuses), z.string()),
  /** Companies of the settings, by which `otherCompanies` judges. */
  companies: z.array(z.string()),
});
export type RulesView = z.infer<typeof rulesViewSchema>;

export const saveRulesResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), view: rulesViewSchema }),
  z.object({ kind: z.literal('invalid'), fields: fieldErrorsSchema }),
]);

const previewLineSchema = z.object({
  sku: z.string(),
  name: z.string(),
  /** Null for goods. */
  charge: z.enum(charges).nullable(),
  quantity: decimalSchema,
  unitPrice: decimalSchema,
  discountPercent: decimalSchema,
  total: decimalSchema,
});

export type PreviewLine = z.infer<typeof previewLineSchema>;

/** A sample order as the store has it, and as the org would get it under the rules. */
export const rulesPreviewSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('preview'),
    currency: z.string(),
    store: z.object({
      lines: z.array(previewLineSchema),
      charges: z.array(z.object({ charge: z.enum(charges), amount: decimalSchema })),
      total: decimalSchema,
    }),
    org: z.object({
      lines: z.array(previewLineSchema),
      linesTotal: decimalSchema,
      fields: z.array(z.object({ charge: z.enum(charges), amount: decimalSchema })),
      leftOut: z.array(z.object({ kind: z.enum(leftOutKinds), amount: decimalSchema })),
      storeTotal: decimalSchema,
    }),
  }),
  z.object({ kind: z.literal('blocked'), problems: z.array(problemSchema).min(1) }),
  z.object({ kind: z.literal('invalid'), fields: fieldErrorsSchema }),
]);
export type RulesPreview = z.infer<typeof rulesPreviewSchema>;
