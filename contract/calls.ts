import { z } from 'zod';
import { orgChoicesSchema, runSchema, updateChoiceSchema } from './catalog';
import {
  catalogFileSchema,
  catalogMappingDraftSchema,
  exportRowsSchema,
  fileCheckSchema,
  planFileSchema,
  savedFileSchema,
  saveUploadSchema,
} from './catalogFile';
import {
  productOutcomeSchema,
  productQuerySchema,
  productSearchSchema,
  productUpdateSchema,
  productViewSchema,
  setItemRuleResultSchema,
  setItemRuleSchema,
} from './catalogProduct';
import {
  catalogRulesDraftSchema,
  catalogRulesViewSchema,
  listChoicesSchema,
  saveCatalogRulesResultSchema,
} from './catalogRulesView';
import {
  exportSidesSchema,
  sideNamesQuerySchema,
  sideNamesSchema,
  sidesChoiceSchema,
  sidesPageSchema,
  sidesQuerySchema,
  sidesViewSchema,
} from './catalogSides';
import {
  catalogViewSchema,
  catalogWays,
  runRowsPageSchema,
  runRowsQuerySchema,
  runsPageSchema,
} from './catalogView';
import { exportStates, orderDetailSchema, orderRowSchema, outgoingSchema } from './export';
import {
  importFileSchema,
  importMappingDraftSchema,
  importOrderSchema,
  importPreviewSchema,
  importResultSchema,
} from './import';
import {
  alertsViewSchema,
  desktopChoicesSchema,
  destinationSchema,
  mailFormSchema,
  saveMailResultSchema,
  testMailResultSchema,
} from './mail';
import type { CallName, EventName } from './names';
import { type Problem, problemSchema } from './problem';
import { rulesDraftSchema, rulesPreviewSchema, rulesViewSchema, saveRulesResultSchema } from './rulesView';
import { savingSchema } from './saving';
import {
  automaticSchema,
  localeSchema,
  modeSchema,
  saveSettingsResultSchema,
  settingsDraftSchema,
  settingsViewSchema,
  verifyReportSchema,
} from './settings';
import { browserSignInSchema } from './signIn';
import { logLineSchema, stateCountsSchema, statusSchema } from './status';

const nothing = z.void();
const page = { offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) };
const runId = z.object({ id: z.number().int() });
const ids = z.array(z.number().int()).min(1).max(10_000);

/** `overwrite`: a person has said that what was changed in the org meanwhile may be lost. */
const afterExportInput = z.object({ id: z.number().int(), overwrite: z.boolean() });
const afterExportOutput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('refused'), problems: z.array(problemSchema).min(1) }),
]);

/**
 * Every call the window may make, with what goes in and what comes back. Main checks both sides;
 * preload offers exactly these names and no others.
 */
export const calls = {
  'status.get': { input: nothing, output: statusSchema },
  'app.setLocale': { input: localeSchema, output: nothing },
  'app.setMode': { input: modeSchema, output: nothing },
  'app.setAutomatic': { input: automaticSchema, output: nothing },

  'settings.get': { input: nothing, output: settingsViewSchema },
  'settings.save': { input: settingsDraftSchema, output: saveSettingsResultSchema },
  /** Checks the saved settings; progress comes as `verify.changed`, the end as the answer. */
  'settings.verify': { input: nothing, output: verifyReportSchema },

  'signIn.get': { input: nothing, output: browserSignInSchema },
  /** Opens the org's page in the browser, by the saved settings; how it goes comes as `signIn.changed`. */
  'signIn.start': { input: nothing, output: browserSignInSchema },
  'signIn.cancel': { input: nothing, output: nothing },

  /** How orders go into the org, and which wait for a person. */
  'rules.get': { input: nothing, output: rulesViewSchema },
  'rules.save': { input: rulesDraftSchema, output: saveRulesResultSchema },
  /** What a sample order would come to under rules that need not be saved. */
  'rules.preview': { input: rulesDraftSchema, output: rulesPreviewSchema },
  'alerts.get': { input: nothing, output: alertsViewSchema },
  'alerts.saveMail': { input: mailFormSchema, output: saveMailResultSchema },
  /** Sends a test mail with what has been typed, saved or not; the server's refusal is the problem. */
  'alerts.testMail': { input: mailFormSchema, output: testMailResultSchema },
  'alerts.setDesktop': { input: desktopChoicesSchema, output: alertsViewSchema },

  'orders.list': {
    input: z.object({
      ...page,
      states: z.array(z.enum(exportStates)),
      /** Only orders that the store has changed since they were exported. */
      changed: z.boolean(),
      search: z.string().max(100),
      sort: z.enum(['newest', 'oldest', 'number', 'buyer', 'total']),
    }),
    output: z.object({
      rows: z.array(orderRowSchema),
      total: z.number().int(),
      counts: stateCountsSchema,
      changed: z.number().int(),
    }),
  },
  'orders.get': { input: z.object({ id: z.number().int() }), output: orderDetailSchema },
  'orders.outgoing': { input: z.object({ id: z.number().int() }), output: outgoingSchema },
  /** Sends waiting orders, retries failed ones; the answer says how many were taken up. */
  'orders.sendNow': { input: z.object({ ids }), output: z.object({ accepted: z.number().int() }) },
  'orders.sendAll': {
    input: z.object({ states: z.array(z.enum(['pending', 'retrying', 'failed'])).min(1) }),
    output: z.object({ accepted: z.number().int() }),
  },
  'orders.hold': {
    input: z.object({ ids, reason: z.string().trim().max(255) }),
    output: z.object({ accepted: z.number().int() }),
  },
  'orders.release': { input: z.object({ ids }), output: z.object({ accepted: z.number().int() }) },
  'orders.dismiss': {
    input: z.object({ ids, reason: z.string().trim().min(1).max(255) }),
    output: z.object({ accepted: z.number().int() }),
  },
  'orders.restore': { input: z.object({ ids }), output: z.object({ accepted: z.number().int() }) },
  /** Takes an exported order back out of the org while it is a draft there. */
  'orders.undo': { input: afterExportInput, output: afterExportOutput },
  /** Sends what the store has changed since the export, while the order is a draft in the org. */
  'orders.sendChange': { input: afterExportInput, output: afterExportOutput },
  'orders.markSeen': { input: z.object({ ids }), output: z.object({ accepted: z.number().int() }) },
  'orders.openInOrg': { input: z.object({ id: z.number().int() }), output: nothing },

  'log.list': {
    input: z.object({ ...page, level: z.enum(['all', 'warning', 'error']), search: z.string().max(100) }),
    output: z.object({ entries: z.array(logLineSchema), total: z.number().int() }),
  },

  /** Opens the file dialog; null when the person cancelled. */
  'import.pickFile': { input: nothing, output: importFileSchema.nullable() },
  'import.preview': {
    input: z.object({ fileId: z.string(), mapping: importMappingDraftSchema }),
    output: importPreviewSchema,
  },
  'import.orders': {
    input: z.object({
      ...page,
      fileId: z.string(),
      verdict: z.enum(['all', 'import', 'leaveOut', 'alreadyKnown']),
    }),
    output: z.object({ orders: z.array(importOrderSchema), total: z.number().int() }),
  },
  /** Imports what the last preview of this file said it would, and remembers the mapping. */
  'import.run': { input: z.object({ fileId: z.string() }), output: importResultSchema },
  'import.close': { input: z.object({ fileId: z.string() }), output: nothing },

  'catalog.get': { input: nothing, output: catalogViewSchema },
  /** Warehouses, companies and price books of the org, with how much there is of each. */
  'catalog.choices': { input: nothing, output: orgChoicesSchema },
  /** Starts an update; how it goes comes as `catalog.changed`. */
  'catalog.start': {
    input: z.object({ choice: updateChoiceSchema, applyAtOnce: z.boolean() }),
    output: runSchema,
  },
  'catalog.agree': { input: runId, output: nothing },
  'catalog.pause': { input: runId, output: nothing },
  'catalog.resume': { input: runId, output: nothing },
  'catalog.cancel': { input: runId, output: nothing },
  'catalog.undo': { input: runId, output: runSchema },
  'catalog.retry': { input: runId, output: runSchema },
  'catalog.run': { input: runId, output: runSchema },
  'catalog.runs': { input: z.object(page), output: runsPageSchema },
  /** Products of both sides by a part of their SKU or name. */
  'catalogProduct.search': {
    input: z.object({ text: z.string().trim().min(2).max(100) }),
    output: productSearchSchema,
  },
  /** One SKU as both sides have it now. */
  'catalogProduct.get': { input: productQuerySchema, output: productViewSchema },
  'catalogProduct.update': { input: productUpdateSchema, output: productOutcomeSchema },
  'catalogProduct.setRule': { input: setItemRuleSchema, output: setItemRuleResultSchema },
  /** Both sides next to each other, as they were last read. */
  'catalogSides.get': { input: nothing, output: sidesViewSchema },
  /** Reads both sides and compares them, without a plan; how it goes comes as `catalog.changed`. */
  'catalogSides.compare': { input: sidesChoiceSchema, output: nothing },
  'catalogSides.cancel': { input: nothing, output: nothing },
  /** Saves the rows that a filter lets through as a report; null when the person thinks better of it. */
  'catalogSides.export': { input: exportSidesSchema, output: savedFileSchema.nullable() },
  /** The org's names of rows that the store has none for. Never a problem: what cannot be had is left out. */
  'catalogSides.names': { input: sideNamesQuerySchema, output: sideNamesSchema },
  'catalogSides.rows': { input: sidesQuerySchema, output: sidesPageSchema },
  'catalogRules.get': { input: nothing, output: catalogRulesViewSchema },
  'catalogRules.save': { input: catalogRulesDraftSchema, output: saveCatalogRulesResultSchema },
  'catalogRules.lists': { input: nothing, output: listChoicesSchema },
  'catalog.rows': { input: runRowsQuerySchema, output: runRowsPageSchema },
  /** Chooses between the store's API and a file for what the screen shows and starts. */
  'catalog.setWay': { input: z.enum(catalogWays), output: nothing },
  /** The catalogue file that is open; null when none is. */
  'catalogFile.get': { input: nothing, output: catalogFileSchema.nullable() },
  /** Opens the file dialog; null when the person cancelled. A plan of another file that waits is given up. */
  'catalogFile.pick': { input: nothing, output: catalogFileSchema.nullable() },
  /** What the file holds under this mapping; one that can be used is remembered for files of this shape. */
  'catalogFile.check': {
    input: z.object({ fileId: z.string(), mapping: catalogMappingDraftSchema }),
    output: fileCheckSchema,
  },
  /** Makes a plan against the file as it was last checked; how it goes comes as `catalog.changed`. */
  'catalogFile.plan': { input: planFileSchema, output: runSchema },
  /** Saves the planned changes in the form of the file that was opened; null when the person thinks better of it. */
  'catalogFile.save': { input: saveUploadSchema, output: savedFileSchema.nullable() },
  /** A person says that the store has taken the saved file. */
  'catalogFile.uploaded': { input: runId, output: nothing },
  'catalogFile.close': { input: nothing, output: nothing },
  /** Saves a run's rows as a table where the person says; null when they think better of it. */
  'catalogFile.exportRows': { input: exportRowsSchema, output: savedFileSchema.nullable() },

  /** Calls off a file that is being saved; nothing of it is left. False where it was over already. */
  'saving.cancel': {
    input: z.object({ id: z.number().int() }),
    output: z.object({ cancelled: z.boolean() }),
  },

  /** Sample data only: confirms new orders in the sandbox store. */
  'demo.confirmOrders': { input: z.object({ count: z.number().int().min(1).max(200) }), output: nothing },
  /** Sample data only: adds the file's products to the sandbox org so that its orders can be exported. */
  'demo.addProducts': {
    input: z.object({ fileId: z.string() }),
    output: z.object({ added: z.number().int() }),
  },
  /** Sample data only: opens the pages that look into the sandbox and change its weather. */
  'demo.openSimulator': { input: z.object({}), output: nothing },
  /** Sample data only: saves the sample store's catalogue as it would export it; null when the person thinks better of it. */
  'demo.saveCatalog': { input: z.object({}), output: savedFileSchema.nullable() },
} as const;

export type Calls = typeof calls;
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>;
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>;

/** Every event main may push to the window. Lists are fetched again, never pushed whole. */
export const events = {
  'status.changed': statusSchema,
  'orders.changed': z.object({ ids: z.array(z.number().int()).nullable() }),
  'log.changed': z.object({ lastId: z.number().int() }),
  'verify.changed': verifyReportSchema,
  'signIn.changed': browserSignInSchema,
  /** Mails have been queued, sent or refused. */
  'alerts.changed': z.object({}),
  /** An update of stock and prices has moved on. */
  'catalog.changed': z.object({}),
  /** Files that are being saved have moved on. */
  'saving.changed': z.object({ savings: z.array(savingSchema) }),
  /** A click outside the window: on the tray, on a notification. */
  'app.navigate': destinationSchema,
} as const satisfies Record<EventName, z.ZodType>;
export type Events = typeof events;
export type EventPayload<Name extends EventName> = z.output<Events[Name]>;

/** How every call is answered: errors are data, since Electron lets only an error's message through. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What preload puts on `window.puente`. */
export interface Bridge {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Answer<CallOutput<Name>>>;
  /** Subscribes; the returned function unsubscribes. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void;
}
