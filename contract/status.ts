import { z } from 'zod';
import { exportStates } from './export';
import { problemSchema } from './problem';
import { automaticSchema, localeSchema, modeSchema } from './settings';

/** One side of the bridge as the status bar shows it. */
export const linkSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off') }),
  z.object({ state: z.literal('connecting') }),
  z.object({ state: z.literal('up'), since: z.number().int() }),
  z.object({
    state: z.literal('down'),
    since: z.number().int(),
    problem: problemSchema,
    nextTryAt: z.number().int().nullable(),
  }),
]);
export type Link = z.infer<typeof linkSchema>;

export const stateCountsSchema = z.object(
  Object.fromEntries(exportStates.map((state) => [state, z.number().int()])) as Record<
    (typeof exportStates)[number],
    z.ZodNumber
  >,
);
export type StateCounts = z.infer<typeof stateCountsSchema>;

/** Everything around the lists that a window needs to draw its frame. */
export const statusSchema = z.object({
  version: z.string(),
  platform: z.string(),
  locale: localeSchema,
  mode: modeSchema,
  store: linkSchema,
  org: linkSchema,
  /** Whether, and when, confirmed orders go out by themselves. */
  automatic: automaticSchema,
  counts: stateCountsSchema,
  /** Exported orders that the store has changed since, and that nobody has looked at yet. */
  changed: z.number().int(),
  orgHost: z.string().nullable(),
  /** Updates of stock and prices by schedule: all well, a plan to look through, or trouble. */
  schedule: z.enum(['well', 'plan', 'trouble']),
});
export type Status = z.infer<typeof statusSchema>;

/** An entry of the log. Its sentence is `log.<event>` in the locales. */
export const logEvents = [
  'app.started',
  'settings.saved',
  'automatic.on',
  'automatic.off',
  'automatic.paused',
  'store.up',
  'store.down',
  'org.up',
  'org.down',
  'order.received',
  'orders.imported',
  'order.exported',
  'order.foundInOrg',
  'order.failed',
  'order.retrying',
  'order.unknown',
  'order.held',
  'order.released',
  'order.dismissed',
  'order.restored',
  'order.sendNow',
  'order.markFailed',
  'order.heldByRule',
  'orders.judgedAnew',
  'order.edited',
  'order.cancelled',
  'order.editedAfterExport',
  'order.cancelledAfterExport',
  'order.changeSent',
  'order.changeSeen',
  'order.changeFailed',
  'order.undone',
  'order.undoFailed',
  'mail.sent',
  'mail.failed',
  'mail.givenUp',
  'catalog.updated',
  'catalog.undone',
  'catalog.saved',
  'catalog.stopped',
  'catalog.cancelled',
  'catalog.held',
  'catalog.failed',
  'catalog.product',
  'catalog.productFailed',
  'catalog.productUnsure',
  'catalog.forgotten',
  'schedule.on',
  'schedule.off',
  'schedule.updated',
  'schedule.planned',
  'schedule.stopped',
  'schedule.cancelled',
  'schedule.held',
  'schedule.failed',
  'schedule.passed',
  'schedule.blocked',
  'schedule.gaveWay',
] as const;
export type LogEvent = (typeof logEvents)[number];
export const logEntrySchema = z.object({
  id: z.number().int(),
  at: z.number().int(),
  level: z.enum(['info', 'warning', 'error']),
  event: z.enum(logEvents),
  /** What the sentence names; `unreadable` adds how many products of the store could not be read. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  problem: problemSchema.nullable(),
  orderId: z.number().int().nullable(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

/** An entry as the list shows it: with where its order stands by now. */
export const logLineSchema = logEntrySchema.extend({ orderState: z.enum(exportStates).nullable() });
export type LogLine = z.infer<typeof logLineSchema>;
