import { z } from 'zod';
import { changeFilters } from './catalog';

export const tableFormats = ['xlsx', 'csv'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** A file that was saved: its name, never its path, and how many rows it has. */
export const savedFileSchema = z.object({ name: z.string(), rows: z.number().int() });
export type SavedFile = z.infer<typeof savedFileSchema>;

/** Rows of a run that are to be saved as a table. */
export const exportRowsSchema = z.object({
  id: z.number().int(),
  filter: z.enum(changeFilters),
  search: z.string().max(100),
  format: z.enum(tableFormats),
});
