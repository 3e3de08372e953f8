import type { Keychain } from '../settings/keychain';
import type { SettingsStore } from '../settings/settingsStore';
import type { OrgVault } from './orgVault';
import type { BrowserDeps, ModeDeps } from './runtime';

/** What the customer's own connections are built from. */
export interface LiveDeps extends ModeDeps, BrowserDeps {
  settings: SettingsStore;
  keychain: Keychain;
  /** Outlives a restart: it knows which token is in use. */
  vault: OrgVault;
  /** Builds this mode anew, with what has just been saved. */
  restart: () => Promise<void>;
}
