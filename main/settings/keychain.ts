import type { mailSecret } from '../../contract/mail';
import { problem, type Result } from '../../contract/problem';
import type { SecretName } from '../../contract/settings';

/** The OS keychain, as far as it is used (keytar's calls). */
export interface KeychainBackend {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Everything that is kept there. */
export type KeychainName = SecretName | typeof mailSecret;

export interface Keychain {
  /** Null when the secret has never been set. */
  read(name: KeychainName): Promise<Result<string | null>>;
  /** The empty text forgets the secret. */
  write(name: KeychainName, value: string): Promise<Result<void>>;
}

const service = 'Puente';

/**
 * Secrets in the OS keychain, and nowhere else: when there is none (Linux without a Secret Service), they
 * are not kept at all, and the problem says so.
 */
export function createKeychain(backend: KeychainBackend): Keychain {
  async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { ok: false, problem: problem('keychain.unavailable', {}, { detail }) };
    }
  }

  return {
    read: (name) => attempt(() => backend.getPassword(service, name)),
    write: (name, value) =>
      attempt(async () => {
        if (value === '') await backend.deletePassword(service, name);
        else await backend.setPassword(service, name, value);
      }),
  };
}
