import { z } from 'zod';
import type { vatStatuses } from './order';
import { orNone, text, typedNumber } from './typed';

/** What an order has beside its goods. */
export const charges = ['discount', 'shipping', 'surcharge', 'tax'] as const;
export type Charge = (typeof charges)[number];

export const storePriceKinds = ['net', 'gross'] as const;
export const orgPriceKinds = ['same', 'net', 'gross'] as const;
export const discountModes = ['spread', 'field', 'line'] as const;
export const chargeModes = ['line', 'field', 'leaveOut'] as const;
export const buyerPolicies = ['createIfMissing', 'mustExist', 'createOrUpdate'] as const;

const percentSchema = typedNumber(/^(?:\d{1,2}(?:\.\d{1,2})?|100)$/);
const amountOrNoneSchema = orNone(typedNumber(/^\d{1,12}(?:\.\d{1,2})?$/));
const dayOrNoneSchema = orNone(z.iso.date('date'));

/** How an order's amounts go into the org (design, "The store"). Its total is tied out whatever is chosen. */
export const amountRulesSchema = z
  .object({
    /** Whether the store's prices contain IVA. */
    storePrices: z.enum(storePriceKinds).default('net'),
    /** What the org's unit prices are to be. */
    orgPrices: z.enum(orgPriceKinds).default('same'),
    taxRatePercent: percentSchema.prefault('21'),
    /** A discount on the order as a whole: general, by volume, by coupon. */
    discount: z.enum(discountModes).default('spread'),
    shipping: z.enum(chargeModes).default('field'),
    surcharge: z.enum(chargeModes).default('field'),
    /** IVA that the store adds at the end, or that is taken out of its prices. */
    tax: z.enum(chargeModes).default('field'),
    discountSku: text(180).default(''),
    shippingSku: text(180).default(''),
    surchargeSku: text(180).default(''),
    taxSku: text(180).default(''),
  })
  .superRefine((rules, context) => {
    for (const charge of charges) {
      if (rules[charge] === 'line' && rules[`${charge}Sku`] === '')
        context.addIssue({ code: 'custom', path: [`${charge}Sku`], message: 'required' });
    }
  });
export type AmountRules = z.output<typeof amountRulesSchema>;

/** Which orders wait for a person although they could go. */
export const holdRulesSchema = z
  .object({
    /** Calendar days of confirmation in the store's own time zone, both included. */
    confirmedFrom: dayOrNoneSchema.prefault(null),
    confirmedTo: dayOrNoneSchema.prefault(null),
    totalOver: amountOrNoneSchema.prefault(null),
    newBuyers: z.boolean().default(false),
    salesRepOrders: z.boolean().default(false),
    withNotes: z.boolean().default(false),
    /** Orders of companies that are not among those of the settings, where some are named there. */
    otherCompanies: z.boolean().default(true),
    paymentTerms: z.array(text(255).min(1, 'required')).max(50, 'tooLong').default([]),
  })
  .superRefine(({ confirmedFrom, confirmedTo }, context) => {
    if (confirmedFrom !== null && confirmedTo !== null && confirmedTo < confirmedFrom)
      context.addIssue({ code: 'custom', path: ['confirmedTo'], message: 'dateOrder' });
  });
export type HoldRules = z.output<typeof holdRulesSchema>;

const vatCodesSchema = z.object({
  'responsable-inscripto': text(255).default(''),
  monotributo: text(255).default(''),
  exento: text(255).default(''),
  'consumidor-final': text(255).default(''),
  other: text(255).default(''),
} satisfies Record<(typeof vatStatuses)[number], z.ZodType>);

/** What a person decides about how orders go into the org. Every rule has a safe default. */
export const orderRulesSchema = z.object({
  amounts: amountRulesSchema.prefault({}),
  /** The org's text for each VAT status; blank leaves the profile's. */
  vatCodes: vatCodesSchema.prefault({}),
  buyerPolicy: z.enum(buyerPolicies).default('createIfMissing'),
  /** The org's status that an order gets once it is complete; blank leaves it a draft. */
  activateAs: text(255).default(''),
  hold: holdRulesSchema.prefault({}),
});
export type OrderRules = z.output<typeof orderRulesSchema>;

export const defaultRules: OrderRules = orderRulesSchema.parse({});

/** `taxAdded`: IVA that the org's prices contain and the store's total does not. */
export const leftOutKinds = ['shipping', 'surcharge', 'tax', 'taxAdded'] as const;

/** Why a rule makes an order wait: `rules.holdReason.<code>` in the locales. */
export const ruleHoldCodes = [
  'confirmedBefore',
  'confirmedAfter',
  'company',
  'companyMissing',
  'totalOver',
  'paymentTerms',
  'salesRep',
  'notes',
  'newBuyer',
] as const;
export type RuleHoldCode = (typeof ruleHoldCodes)[number];

export interface RuleHold {
  code: RuleHoldCode;
  /** Values for the sentence. */
  params: Record<string, string | number>;
}
