import { describe, expect, it } from 'vitest';
import { createKeychain, type KeychainBackend } from '../../../main/settings/keychain';

function memoryBackend(): KeychainBackend & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const key = (service: string, account: string) => `${service}/${account}`;
  return {
    kept,
    getPassword: async (service, account) => kept.get(key(service, account)) ?? null,
    setPassword: async (service, account, password) => {
      kept.set(key(service, account), password);
    },
    deletePassword: async (service, account) => kept.delete(key(service, account)),
  };
}

describe('keychain', () => {
  it('keeps, gives back and forgets a secret', async () => {
    const backend = memoryBackend();
    const keychain = createKeychain(backend);
    expect(await keychain.read('password')).toEqual({ ok: true, value: null });
    await keychain.write('password', 'pässwörd+token');
    expect(await keychain.read('password')).toEqual({ ok: true, value: 'pässwörd+token' });
    await keychain.write('password', '');
    expect(backend.kept.size).toBe(0);
  });

  it('says that there is no keychain instead of keeping a secret elsewhere', async () => {
    const keychain = createKeychain({
      getPassword: () => Promise.reject(new Error('The name org.freedesktop.secrets was not provided')),
      setPassword: () => Promise.reject(new Error('The name org.freedesktop.secrets was not provided')),
      deletePassword: () => Promise.reject(new Error('none')),
    });
    const result = await keychain.write('password', 'hunter2');
    expect(result).toMatchObject({ ok: false, problem: { code: 'keychain.unavailable' } });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});
