import type { Result } from '../../../contract/problem';
import type { OrgSettingsOf } from '../../../contract/settings';

/** What one sign-in needs: the settings of the way that has been chosen, and that way's secrets. */
export type OrgCredentials =
  | {
      signIn: 'password';
      settings: OrgSettingsOf<'password'>;
      secrets: { password: string; clientSecret: string };
    }
  | {
      signIn: 'clientCredentials';
      settings: OrgSettingsOf<'clientCredentials'>;
      secrets: { clientSecret: string };
    }
  | {
      signIn: 'browser';
      settings: OrgSettingsOf<'browser'>;
      /** Public apps have no client secret. */
      secrets: { clientSecret: string | null };
      refreshToken: RefreshToken;
    }
  | {
      signIn: 'jwt';
      settings: OrgSettingsOf<'jwt'>;
      secrets: { privateKey: string };
    };

/**
 * The refresh token of a sign-in with the browser. An org that rotates them ends the whole family when a used one
 * comes back (research/salesforce.md 1.1), so that nobody may hold one while another uses it.
 */
export interface RefreshToken {
  /**
   * Lends the newest token to one caller after the other. What replaces it is handed to `keep`, which answers
   * once it is safe. Fails where there is none, or where the last one could not be kept.
   */
  lend<T>(work: (token: string, keep: KeepToken) => Promise<T>): Promise<Result<T>>;
}

export type KeepToken = (next: string) => Promise<Result<void>>;

/** The secrets in it, to be kept out of everything that is said. */
export function secretTexts({ secrets }: OrgCredentials): string[] {
  return Object.values(secrets).filter((secret) => typeof secret === 'string');
}
