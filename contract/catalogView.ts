import { z } from 'zod';
import { changeFilters, changeSorts, runRowSchema, runSchema } from './catalog';
import { scheduleViewSchema } from './catalogSchedule';

export const catalogWays = ['api', 'file'] as const;
export type CatalogWay = (typeof catalogWays)[number];

/** What the screen of stock and prices begins with. */
export const catalogViewSchema = z.object({
  /** The latest run, at work, waiting or over. */
  run: runSchema.nullable(),
  /** False before there is an org to take stock and prices from. */
  available: z.boolean(),
  /** How changes get into the store: by its API, or in a file that a person uploads. */
  way: z.enum(catalogWays),
  /** Whether there is a choice. */
  hasApi: z.boolean(),
  /** The settings' warehouse and companies, which an update takes unless others are chosen for it. */
  warehouse: z.string(),
  companies: z.array(z.string()),
  schedule: scheduleViewSchema,
});
export type CatalogView = z.infer<typeof catalogViewSchema>;

export const runsPageSchema = z.object({ runs: z.array(runSchema), total: z.number().int() });

export const runRowsQuerySchema = z.object({
  id: z.number().int(),
  filter: z.enum(changeFilters),
  sort: z.enum(changeSorts),
  descending: z.boolean(),
  search: z.string().max(100),
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(500),
});
export const runRowsPageSchema = z.object({ rows: z.array(runRowSchema), total: z.number().int() });
