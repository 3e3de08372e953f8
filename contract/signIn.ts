import { z } from 'zod';
import { problemSchema } from './problem';

/**
 * Where the org sends the browser back to, tried in this order. Salesforce takes only what was registered with the app,
 * and `localhost` is what its own CLI registers (research/salesforce.md 1.1).
 */
export const loopbackPorts = [1717, 1718, 1719] as const;
export const loopbackPath = '/OauthRedirect';
export const loopbackAddress = (port: number): string => `http://localhost:${port}${loopbackPath}`;
export const loopbackAddresses: readonly string[] = loopbackPorts.map(loopbackAddress);

/** How far signing in with the browser has come. One is under way at a time. */
export const browserSignInSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('idle') }),
  /** The page is open in the person's browser; given up at `until` (milliseconds since 1970, UTC). */
  z.object({ state: z.literal('waiting'), until: z.number().int() }),
  z.object({ state: z.literal('signedIn') }),
  z.object({ state: z.literal('failed'), problem: problemSchema }),
]);
export type BrowserSignIn = z.infer<typeof browserSignInSchema>;
