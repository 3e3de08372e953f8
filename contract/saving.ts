import { z } from 'zod';

/** A table on its way into a file: so many rows so far, and of how many where that is known. */
export const savingSchema = z.object({
  id: z.number().int(),
  /** The file's name, never its path. */
  name: z.string(),
  rows: z.number().int(),
  total: z.number().int().nullable(),
});
export type Saving = z.infer<typeof savingSchema>;
