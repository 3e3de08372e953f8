import { z } from 'zod';

/** One page of the answer to a query. */
export const queryPageSchema = z.object({
  totalSize: z.number().int().nonnegative(),
  done: z.boolean(),
  nextRecordsUrl: z.string().startsWith('/services/data/').optional(),
  records: z.array(z.unknown()),
});
export type QueryPage = z.infer<typeof queryPageSchema>;
