import { z } from 'zod';
import { decimalSchema } from './decimal';
import { orderSchema } from './order';
import { problemSchema } from './problem';

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
  }),
  z.object({
    state: z.literal('exported'),
    orgId: z.string(),
    orgNumber: z.string().nullable(),
    exportedAt: instant,
  }),
  z.object({ state: z.literal('failed'), problems: z.array(problemSchema).min(1), since: instant }),
  z.object({ state: z.literal('held'), reason: z.string(), since: instant }),
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
});
export type OrderRow = z.infer<typeof orderRowSchema>;

/** One try of an export, or one look for an order whose answer was lost. */
export const attemptSchema = z.object({
  id: z.number().int(),
  kind: z.enum(['send', 'lookUp']),
  trigger: z.enum(['automatic', 'person']),
  startedAt: instant,
  finishedAt: instant.nullable(),
  outcome: z.enum(['running', 'exported', 'refused', 'notSent', 'answerLost', 'absent', 'interrupted']),
  problems: z.array(problemSchema),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** What a person did to an order: hold, release, dismiss, bring back, send. */
export const orderActionSchema = z.enum(['sendNow', 'hold', 'release', 'dismiss', 'restore']);
export type OrderAction = z.infer<typeof orderActionSchema>;

export const orderDetailSchema = orderRowSchema.extend({
  exportKey: z.string().nullable(),
  fileName: z.string().nullable(),
  /** Null when what the store sent could not be read; `raw` then holds it. */
  order: orderSchema.nullable(),
  raw: z.string().nullable(),
  attempts: z.array(attemptSchema),
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
