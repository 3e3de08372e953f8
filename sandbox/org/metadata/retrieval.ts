import type { Member } from './members';

/** What somebody has asked for to be retrieved. */
export interface Retrieval {
  members: readonly Member[];
  apiVersion: string;
  /** The package that is asked for; the sandbox has none. */
  packageName: string | null;
  /** The files lie at the top of the archive, not in a folder of their own. */
  single: boolean;
  /** When it is there to be fetched. */
  ready: number;
}
