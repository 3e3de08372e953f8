import type { OrgSettings } from '../../contract/settings';
import type { Party } from '../engine/catalog/house';

/** What tells a store from others: its address, however it was typed. */
export const storeParty = (baseUrl: string): Party => ({
  address: new URL(baseUrl).href.replace(/\/+$/, ''),
  user: null,
});

/**
 * What tells an org from others. The address alone does not, where it is everybody's; with the username it does. Who signs
 * in with client credentials is named by an app at an address that is the org's own.
 */
export function orgParty(settings: OrgSettings, signedInAs: string | null): Party {
  const named =
    'username' in settings ? settings.username : settings.signIn === 'browser' ? signedInAs : null;
  // Salesforce takes usernames in any case; empty is that of somebody whom the org would not name.
  const user = named?.trim().toLowerCase() || null;
  return { address: new URL(settings.loginUrl).origin, user };
}
