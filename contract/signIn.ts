import { z } from 'zod';
import { problemSchema } from './problem';

/** How far signing in with the browser has come. One is under way at a time. */
export const browserSignInSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  /** The page is open in the person's browser; given up at `until` (milliseconds since 1970, UTC). */
  z.object({ state: z.literal('waiting'), until: z.number().int() }),
  z.object({ state: z.literal('signedIn') }),
  z.object({ state: z.literal('failed'), problem: problemSchema }),
]);
export type BrowserSignIn = z.infer<typeof browserSignInSchema>;
