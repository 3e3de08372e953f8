import { createKeychain, type Keychain, type KeychainBackend } from '../../main/settings/keychain';

/** A keychain that lives as long as the test, and can be locked. */
export interface MemoryKeychain extends Keychain {
  kept: Map<string, string>;
  /** Whether it takes anything at the moment. */
  locked: boolean;
  /** Called before something is written. */
  onWrite: (name: string) => void;
}

export function memoryKeychain(): MemoryKeychain {
  const kept = new Map<string, string>();
  const self: MemoryKeychain = {
    kept,
    locked: false,
    onWrite: () => undefined,
    ...createKeychain(backend()),
  };
  return self;

  function backend(): KeychainBackend {
    return {
      getPassword: async (_service, name) => kept.get(name) ?? null,
      async setPassword(_service, name, value) {
        self.onWrite(name);
        if (self.locked) throw new Error('the keychain is locked');
        kept.set(name, value);
      },
      deletePassword: async (_service, name) => kept.delete(name),
    };
  }
}
