import { z } from 'zod';
import { decimalSchema } from './decimal';
import { orderSchema } from './order';
import { problemSchema } from './problem';
import { ruleHoldCodes } from './rules';

export const exportStates = [
  'pending',
  'sending',
  'retrying',
  'unknown',
  'exported',
  'failed',
  'held',
  'dismissed',
] as const;
export type ExportState = (typeof exportStates)[number];

const instant = z.number().int();

/** Why an order does not go by itself although nobody held it (`rules.holdReason`, `orders.hold` in the locales). */
export const holdCodes = [...ruleHoldCodes, 'undone', 'cancelledInStore'] as const;
export const holdReasonSchema = z.object({
  code: z.enum(holdCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export type HoldReason = z.infer<typeof holdReasonSchema>;

/** Where an order stands on its way into the org. Instants are milliseconds since 1970, UTC. */
export const exportStatusSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending') }),
  z.object({ state: z.literal('sending'), since: instant, tries: z.number().int() }),
  z.object({
    state: z.literal('retrying'),
    tries: z.number().int(),
    nextTryAt: instant,
    problem: problemSchema,
  }),
  /** Sent, answer lost: it is looked up by its key before anything else is done. */
  z.object({
    state: z.literal('unknown'),
    since: instant,
    tries: z.number().int(),
    nextTryAt: instant,
    problem: problemSchema,
    /** Set while the order is being taken back out of the org. */
    undoing: z
      .object({ orgId: z.string(), orgNumber: z.string().nullable(), buyerMade: z.boolean() })
      .nullable()
      .default(null),
  }),
  z.object({
    state: z.literal('exported'),
    orgId: z.string(),
    orgNumber: z.string().nullable(),
    exportedAt: instant,
    /** The buyer was made in the org by this very export. */
    buyerMade: z.boolean().default(false),
  }),
  z.object({ state: z.literal('failed'), problems: z.array(problemSchema).min(1), since: instant }),
  /** Held by a person, in their words, or by a rule. */
  z.object({
    state: z.literal('held'),
    reason: z.string(),
    rule: holdReasonSchema.nullable().default(null),
    since: instant,
  }),
  z.object({ state: z.literal('dismissed'), reason: z.string(), since: instant }),
]);
export type ExportStatus = z.infer<typeof exportStatusSchema>;

/** A row of the orders list. */
export const orderRowSchema = z.object({
  id: z.number().int(),
  number: z.string(),
  source: z.enum(['store', 'file']),
  buyerName: z.string(),
  lineCount: z.number().int(),
  total: decimalSchema.nullable(),
  currency: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  receivedAt: instant,
  status: exportStatusSchema,
  /** The store has changed the order since it was exported, and nobody has looked at it yet. */
  change: z.enum(['edited', 'cancelled']).nullable(),
});
export type OrderRow = z.infer<typeof orderRowSchema>;

/** One try of an export, or one look for an order whose answer was lost. */
export const attemptSchema = z.object({
  id: z.number().int(),
  kind: z.enum(['send', 'lookUp', 'undo', 'amend']),
  trigger: z.enum(['automatic', 'person']),
  startedAt: instant,
  finishedAt: instant.nullable(),
  outcome: z.enum([
    'running',
    'exported',
    'refused',
    'notSent',
    'answerLost',
    'absent',
    'interrupted',
    'undone',
    'amended',
  ]),
  problems: z.array(problemSchema),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** What a person may do to an order: send, hold, release, dismiss, bring back, take back out of the org. */
export const orderActionSchema = z.enum(['sendNow', 'hold', 'release', 'dismiss', 'restore', 'undo']);
export type OrderAction = z.infer<typeof orderActionSchema>;

export const differenceFields = [
  'buyerName',
  'taxId',
  'vatStatus',
  'phone',
  'email',
  'buyerAddress',
  'deliveryAddress',
  'paymentTerms',
  'notes',
  'total',
  'line',
  'line.quantity',
  'line.unitPrice',
  'line.discountPercent',
  'line.note',
] as const;

/** One value of an order that the store has changed since it was exported. */
export const differenceSchema = z.object({
  /** Which value: `notes`, `line.quantity`, … (`difference.<field>` in the locales). */
  field: z.enum(differenceFields),
  /** The line's number and SKU, for values of lines. */
  line: z.object({ number: z.number().int(), sku: z.string() }).nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type Difference = z.infer<typeof differenceSchema>;

/** What the store has done to an order since it was exported, until a person decides. */
export const orderChangeSchema = z.object({
  kind: z.enum(['edited', 'cancelled']),
  at: instant,
  seen: z.boolean(),
  differences: z.array(differenceSchema),
});
export type OrderChange = z.infer<typeof orderChangeSchema>;

export const orderDetailSchema = orderRowSchema.extend({
  exportKey: z.string().nullable(),
  fileName: z.string().nullable(),
  /** Null when what the store sent could not be read; `raw` then holds it. */
  order: orderSchema.nullable(),
  raw: z.string().nullable(),
  attempts: z.array(attemptSchema),
  /** Null when the store's order is the one that was exported. */
  difference: orderChangeSchema.nullable(),
  actions: z.array(orderActionSchema),
});
export type OrderDetail = z.infer<typeof orderDetailSchema>;

/** One record as the org will receive it, in the org's own field names. */
export const outgoingRecordSchema = z.object({
  object: z.string(),
  action: z.enum(['create', 'use', 'update']),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type OutgoingRecord = z.infer<typeof outgoingRecordSchema>;

export const outgoingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), records: z.array(outgoingRecordSchema) }),
  z.object({ kind: z.literal('blocked'), problems: z.array(problemSchema).min(1) }),
]);
export type Outgoing = z.infer<typeof outgoingSchema>;
