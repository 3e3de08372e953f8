import { z } from 'zod';
import { updateParts } from './catalogRules';
import { decimalSchema } from './decimal';
import { type Problem, problem, problemSchema } from './problem';

/** What breaks the store's contract in a product of its catalogue, which no update touches for it. */
export const unreadableNotes = [
  'storeSkuInvalid',
  'storeNameInvalid',
  'storeStockInvalid',
  'storePriceInvalid',
  'storeListsInvalid',
] as const;
export type UnreadableNote = (typeof unreadableNotes)[number];

/** What there is to say of a product beside its values: `catalog.note.<code>` in the locales. */
export const catalogNotes = [
  'inactive',
  'otherCompany',
  'excluded',
  'duplicateInOrg',
  'noPrice',
  'priceInactive',
  'priceZero',
  'priceInvalid',
  'noStockRow',
  'stockNegative',
  'stockFractional',
  'stockInvalid',
  'missingInOrg',
  'missingInStore',
  'similarInOrg',
  'similarInStore',
  'duplicateInStore',
  ...unreadableNotes,
] as const;
export type CatalogNote = (typeof catalogNotes)[number];

/** A value before and after; null where the store had none. */
const change = z.object({ old: decimalSchema.nullable(), new: decimalSchema });
export type ValueChange = z.infer<typeof change>;
const listChange = change.extend({ list: z.string() });

/** What an update changes of one product. */
export const productChangeSchema = z.object({
  stock: change.nullable(),
  price: change.nullable(),
  lists: z.array(listChange),
});
export type ProductChange = z.infer<typeof productChangeSchema>;

/** Why the store would not take a value: `catalog.refusal.<code>`. */
export const refusalCodes = [
  'unknown_sku',
  'invalid_value',
  'nothing_to_change',
  'locked',
  'unknown_list',
  'other',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Where a product of a run stands. `superseded`: somebody updated it by itself meanwhile; `drifted`: changed since, so not undone. */
export const rowStates = ['pending', 'applied', 'refused', 'superseded', 'drifted'] as const;
export type RowState = (typeof rowStates)[number];

export const runRowSchema = productChangeSchema.extend({
  sku: z.string(),
  name: z.string(),
  state: z.enum(rowStates),
  refusal: z.object({ code: z.enum(refusalCodes), message: z.string() }).nullable(),
});
export type RunRow = z.infer<typeof runRowSchema>;

/** The kinds of change that the table can be narrowed to. */
export const changeFilters = [
  'all',
  'stock',
  'price',
  'toZero',
  'fromZero',
  'priceUp',
  'priceDown',
  'refused',
  'drifted',
] as const;
export type ChangeFilter = (typeof changeFilters)[number];

export const changeSorts = ['sku', 'name', 'stock', 'price'] as const;

/** Which of the org's stock and prices an update takes. A blank warehouse means general values, no companies all. */
export const updateChoiceSchema = z.object({
  warehouse: z.string().trim().max(255),
  companies: z.array(z.string().trim().min(1).max(80)).max(50),
  part: z.enum(updateParts),
  /** `auto` reads only what changed where everything was read not long ago. */
  reading: z.enum(['auto', 'full']),
});
export type UpdateChoice = z.infer<typeof updateChoiceSchema>;

/** What the org offers to choose from, with how much there is of each. */
export const orgChoicesSchema = z.object({
  warehouses: z.array(
    z.object({
      name: z.string(),
      company: z.string().nullable(),
      priceBook: z.string().nullable(),
      products: z.number().int(),
    }),
  ),
  companies: z.array(z.object({ name: z.string(), products: z.number().int() })),
  priceBooks: z.array(
    z.object({ name: z.string(), standard: z.boolean(), active: z.boolean(), prices: z.number().int() }),
  ),
});
export type OrgChoices = z.infer<typeof orgChoicesSchema>;

export const priceListSchema = z.object({ id: z.string(), name: z.string() });
export type PriceList = z.infer<typeof priceListSchema>;

/** What has been read of each source so far; the total is null until it is known. */
const readProgress = z.object({
  rows: z.number().int(),
  total: z.number().int().nullable(),
  done: z.boolean(),
});
/** Trouble that passes, and when the next try is. */
const waitingSchema = z.object({ problem: problemSchema, nextTryAt: z.number().int() });
export type Waiting = z.infer<typeof waitingSchema>;
const noWaiting = { org: null, store: null };

export const readingSchema = z.object({
  /** Null: not read. */
  products: readProgress.nullable(),
  prices: readProgress.nullable(),
  stock: readProgress.nullable(),
  store: readProgress.nullable(),
  /** What each side is waited for just now. */
  waiting: z.object({ org: waitingSchema.nullable(), store: waitingSchema.nullable() }).default(noWaiting),
});
export type Reading = z.infer<typeof readingSchema>;

/** Why a plan waits for a person: `catalog.guard.<code>`. */
export const guardCodes = [
  'orgEmpty',
  'noStockRows',
  'noPrices',
  'storeEmpty',
  'toZero',
  'priceMove',
  'missing',
] as const;
export const guardStopSchema = z.object({
  code: z.enum(guardCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type GuardStop = z.infer<typeof guardStopSchema>;

/** A price that moves much, for the plan's front page. */
const moveSchema = z.object({
  sku: z.string(),
  name: z.string(),
  old: decimalSchema,
  new: decimalSchema,
  percent: z.number(),
});
export type PriceMove = z.infer<typeof moveSchema>;

/** Products of the store that cannot be read, and the first of them by name. */
export const unreadablesSchema = z.object({
  count: z.number().int(),
  first: z.array(
    z.object({
      /** Null where the SKU itself cannot be read. */
      sku: z.string().nullable(),
      /** What to find it by beside the SKU: its name, or a piece of what the store sent. */
      told: z.string(),
      notes: z.array(z.enum(unreadableNotes)),
    }),
  ),
});
export type Unreadables = z.infer<typeof unreadablesSchema>;

export const planSummarySchema = z.object({
  /** Products of the store that were compared; one that cannot be read is not. */
  compared: z.number().int(),
  equal: z.number().int(),
  changes: z.number().int(),
  stock: z.number().int(),
  prices: z.number().int(),
  toZero: z.number().int(),
  fromZero: z.number().int(),
  priceUp: z.number().int(),
  priceDown: z.number().int(),
  /** Products of the store that have stock now. */
  inStock: z.number().int(),
  storeOnly: z.number().int(),
  orgOnly: z.number().int(),
  /** How many products carry each note. */
  notes: z.partialRecord(z.enum(catalogNotes), z.number().int()),
  /** Runs from before know of none. */
  unreadable: unreadablesSchema.default({ count: 0, first: [] }),
  biggestMoves: z.array(moveSchema),
});
export type PlanSummary = z.infer<typeof planSummarySchema>;

const counts = {
  applied: z.number().int(),
  refused: z.number().int(),
  /** Still to be written. */
  left: z.number().int(),
};
/** Places of a run's rows, from the first up to before the second. */
const placesSchema = z.tuple([z.number().int(), z.number().int()]);
export type Places = z.infer<typeof placesSchema>;

/** So many of those left may have been written: the store's answer was lost. `unsureRows`: where they are, if it is known. */
const doubt = { unsure: z.number().int().optional(), unsureRows: z.array(placesSchema).optional() };

/** What a person may want of a run that is being written. */
export const runStops = ['pause', 'cancel'] as const;
export type RunStop = (typeof runStops)[number];

/**
 * Where a run stands. `planned` waits for a person's word; `paused` for a person, or for what its problem names; `saved`
 * for a person to say that the file was uploaded, which may never come.
 */
export const runStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('reading'), reading: readingSchema }),
  z.object({ state: z.literal('comparing'), compared: z.number().int(), total: z.number().int() }),
  z.object({ state: z.literal('planned'), stops: z.array(guardStopSchema) }),
  z.object({
    state: z.literal('applying'),
    ...counts,
    /** Products a second, and seconds left; null until there is something to go by. */
    rate: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    /** What holds it up just now. */
    waiting: waitingSchema.nullable(),
    /** A person has decided so; it waits for what is on its way. */
    stopping: z.enum(runStops).nullable().default(null),
    /** Set once nothing more is sent: the others that are left have never been on their way. */
    unsureRows: doubt.unsureRows,
  }),
  z.object({ state: z.literal('paused'), ...counts, ...doubt, problem: problemSchema.nullable() }),
  /** The changes are in a file of this name; whether the store has taken it, only a person can say. */
  z.object({ state: z.literal('saved'), ...counts, file: z.string(), savedAt: z.number().int() }),
  z.object({ state: z.literal('done'), ...counts }),
  /** The problem says what ended it, where no person did. */
  z.object({ state: z.literal('cancelled'), ...counts, ...doubt, problem: problemSchema.optional() }),
  z.object({ state: z.literal('failed'), problem: problemSchema }),
]);
export type RunState = z.infer<typeof runStateSchema>;
export type RunStateName = RunState['state'];

export const runKinds = ['all', 'product', 'undo', 'retry'] as const;

export const runSchema = z.object({
  id: z.number().int(),
  kind: z.enum(runKinds),
  /** The run that this one undoes or retries. */
  of: z.number().int().nullable(),
  trigger: z.enum(['person', 'schedule']),
  /** Who was signed in to the computer. */
  who: z.string(),
  startedAt: z.number().int(),
  finishedAt: z.number().int().nullable(),
  choice: updateChoiceSchema,
  /** The catalogue file that stands for the store; null where the store itself is asked. */
  file: z.string().nullable().default(null),
  /** The names as the org has them; null until it has been asked. */
  warehouse: z.string().nullable(),
  priceBook: z.string().nullable(),
  /** Whether everything was read, or what had changed. */
  full: z.boolean(),
  status: runStateSchema,
  summary: planSummarySchema.nullable(),
  /** The run that took this one back, if one did. */
  undoneBy: z.number().int().nullable(),
  /** The side that has been another one since, the store before the org; null where both still are what they were. */
  elsewhere: z.enum(['store', 'org']).nullable().default(null),
});
export type Run = z.infer<typeof runSchema>;

/**
 * Why a run can no longer be gone back to, or on with; null where it can. A way back is the store's own values and needs
 * the store alone; whatever else would write has to have the org that its values came from.
 */
export function lostTo({ elsewhere }: Pick<Run, 'elsewhere'>, use: 'wayBack' | 'write'): Problem | null {
  if (elsewhere === 'store') return problem('catalog.otherStore');
  return elsewhere === 'org' && use === 'write' ? problem('catalog.otherOrg') : null;
}
