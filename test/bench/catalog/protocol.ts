import { z } from 'zod';

/** What the bench tells the process that the program runs in. */
export const orderSchema = z.object({
  /** Leave out what is not measured. */
  reading: z.enum(['auto', 'full']),
  /** File to which the run's requests are written, one JSON a line, for the floor to repeat; null writes none. */
  requestsTo: z.string().nullable(),
});
export type Order = z.output<typeof orderSchema>;

export const measuredSchema = z.object({
  seconds: z.number(),
  memoryGrowthMB: z.number(),
  longestStallMs: z.number(),
  changes: z.number(),
  full: z.boolean(),
});
export type Measured = z.output<typeof measuredSchema>;

/** One request as the program sent it. */
export const requestSchema = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
});
export type SentRequest = z.output<typeof requestSchema>;

/** The warehouse whose stock and prices the bench takes. */
export const warehouse = 'Depósito Avellaneda';
