import { describe, expect, it } from 'vitest';
import { ok } from '../../../contract/problem';
import type { SettingsDraft, SettingsView } from '../../../contract/settings';
import { settingsHandlers } from '../../../main/ipc/settings';
import type { Connections } from '../../../main/settings/connections';

const filledIn: SettingsDraft = {
  org: {
    signIn: 'password',
    loginUrl: 'https://login.salesforce.com',
    username: 'integracion@mayorista.example',
    clientId: 'client',
    identifier: 'PAGINAWEB',
    warehouse: '',
    companies: [],
  },
  store: { kind: 'http', baseUrl: 'https://tienda.example/api' },
  secrets: { password: 'p', clientSecret: 's', storeToken: 't' },
};

function setUp(readOnly = false) {
  const saved: unknown[] = [];
  const view: SettingsView = {
    org: filledIn.org,
    store: filledIn.store,
    secretsSet: { password: false, clientSecret: false, privateKey: false, storeToken: false },
    signedInAs: null,
    keychain: null,
    readOnly,
  };
  const connections: Connections = {
    view: async () => view,
    hasSecret: async () => false,
    browserSignIn: null,
    save: async (settings, secrets) => {
      saved.push({ ...settings, secrets });
      return ok(undefined);
    },
    verify: async () => ok({ steps: [], finished: true }),
  };
  const handlers = settingsHandlers({
    connections: () => connections,
    isPrivateKey: (pem) => pem.startsWith('-----BEGIN'),
    onVerify: () => undefined,
  });
  return { saved, save: (draft: SettingsDraft) => handlers['settings.save'](draft) };
}

describe('settings.save', () => {
  it('saves what is complete', async () => {
    const { saved, save } = setUp();
    expect(await save(filledIn)).toMatchObject({ ok: true, value: { kind: 'saved' } });
    expect(saved).toEqual([filledIn]);
  });

  it.each<[string, string, SettingsDraft]>([
    ['store.baseUrl', 'required', { ...filledIn, store: { kind: 'http', baseUrl: '' } }],
    ['store.baseUrl', 'address', { ...filledIn, store: { kind: 'http', baseUrl: 'tienda' } }],
    ['org.loginUrl', 'address', { ...filledIn, org: { ...filledIn.org, loginUrl: 'ftp://x' } }],
    ['org.username', 'required', { ...filledIn, org: { ...filledIn.org, username: ' ' } }],
    ['org.identifier', 'tooLong', { ...filledIn, org: { ...filledIn.org, identifier: 'x'.repeat(41) } }],
    ['secrets.password', 'required', { ...filledIn, secrets: { clientSecret: 's', storeToken: 't' } }],
  ])('names the field that is wrong: %s %s', async (field, code, draft) => {
    const { saved, save } = setUp();
    expect(await save(draft)).toEqual({ ok: true, value: { kind: 'invalid', fields: { [field]: code } } });
    expect(saved).toEqual([]);
  });

  it.each<[string, SettingsDraft['org']['signIn'], SettingsDraft['secrets'], object]>([
    ['clientCredentials', 'clientCredentials', { clientSecret: 's', storeToken: 't' }, { kind: 'saved' }],
    ['browser', 'browser', { storeToken: 't' }, { kind: 'saved' }],
    ['jwt', 'jwt', { privateKey: '-----BEGIN RSA', storeToken: 't' }, { kind: 'saved' }],
    [
      'clientCredentials without its secret',
      'clientCredentials',
      { storeToken: 't' },
      { fields: { 'secrets.clientSecret': 'required' } },
    ],
    ['jwt without its key', 'jwt', { storeToken: 't' }, { fields: { 'secrets.privateKey': 'required' } }],
    [
      'jwt with something else',
      'jwt',
      { privateKey: 'ssh-rsa AAAA', storeToken: 't' },
      { fields: { 'secrets.privateKey': 'privateKey' } },
    ],
  ])('asks of each way what it needs and no more: %s', async (_name, signIn, secrets, value) => {
    const { save } = setUp();
    const username = signIn === 'jwt' ? filledIn.org.username : '';
    const draft = { ...filledIn, org: { ...filledIn.org, signIn, username }, secrets };
    expect(await save(draft)).toMatchObject({ ok: true, value });
  });

  it('asks nothing of a store that is not used', async () => {
    const { saved, save } = setUp();
    const draft: SettingsDraft = {
      ...filledIn,
      store: { kind: 'none', baseUrl: '' },
      secrets: { password: 'p', clientSecret: 's' },
    };
    expect(await save(draft)).toMatchObject({ ok: true, value: { kind: 'saved' } });
    expect(saved).toHaveLength(1);
  });

  it('refuses where nothing can be changed', async () => {
    const { saved, save } = setUp(true);
    expect(await save(filledIn)).toMatchObject({ ok: false, problem: { code: 'settings.invalid' } });
    expect(saved).toEqual([]);
  });
});
