import type { MailboxSwitches } from './mailbox/switches';
import type { OrgOptions } from './org/settings';
import type { SeedSize } from './seed/house';
import type { StoreProfile } from './store/http';
import type { StoreSwitches } from './store/switches';

export interface SandboxOptions {
  /**
   * 0 or nothing takes a free port. The control server and the port where mail is encrypted from its first
   * byte open only when they are asked for.
   */
  ports?: { org?: number; store?: number; mailbox?: number; secureMailbox?: number; control?: number };
  /** Folder to keep org, store and mailbox in between starts; nothing keeps them in memory. */
  keep?: string;
  /** The same number gives the same house, buyers and orders. */
  seed?: number;
  /**
   * `empty`: an org with its standard price book and nothing else. A size: a sample house that large. A file:
   * the house it describes (sandbox/README.md).
   */
  content?: 'demo' | 'empty' | SeedSize | { file: string };
  /** New orders by themselves, this far apart; nothing means none. */
  arrivals?: { firstMs: number; everyMs: { from: number; to: number } };
  org?: Partial<Omit<OrgOptions, 'switches'>> & { switches?: Partial<OrgOptions['switches']> };
  store?: { token?: string; profile?: StoreProfile; switches?: Partial<StoreSwitches> };
  mailbox?: Partial<MailboxSwitches>;
}

/** The identifier by which the sample org recognises its store's orders. */
export const sampleIdentifier = 'PAGINAWEB';

export const defaultSeed = 7;

export const defaultStore: { token: string; profile: StoreProfile } = {
  token: 'vxm-sandbox-0f3a9c71',
  profile: {
    name: 'Mayorista San Telmo',
    country: 'AR',
    currency: 'ARS',
    timeZone: 'America/Argentina/Buenos_Aires',
  },
};
