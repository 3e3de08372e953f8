import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrgSettings, OrgSettingsOf } from '../../../contract/settings';
import { createOrgVault, type OrgVault } from '../../../main/modes/orgVault';
import { createSalesforceOrg, type SalesforceOrg } from '../../../main/salesforce';
import { systemClock } from '../../../main/systemClock';
import { type Sandbox, startSandbox } from '../../../sandbox';
import { freePort, openSignInDesk } from '../../support/browserPerson';
import { type MemoryKeychain, memoryKeychain } from '../../support/memoryKeychain';
import { noSignal } from '../../support/sandboxOrg';

let sandbox: Sandbox;
let keychain: MemoryKeychain;
let settings: OrgSettings;

const anyWay = () => ({
  loginUrl: sandbox.org.url,
  clientId: sandbox.org.credentials.clientId,
  identifier: 'PAGINAWEB',
  warehouse: '',
  companies: [],
});
const browserSettings = (): OrgSettingsOf<'browser'> => ({ signIn: 'browser', ...anyWay() });
const newVault = () => createOrgVault({ org: () => settings, keychain });
const newOrg = (vault: OrgVault): SalesforceOrg =>
  createSalesforceOrg({
    credentials: vault.credentials,
    clock: { ...systemClock, now: () => sandbox.clock.now() },
  });

/** How often the token endpoint has been asked since. */
function countTokenCalls(): () => number {
  sandbox.faults.add({ target: 'org', path: 'oauth2/token', kind: 'delay', ms: 1, times: 99 });
  return () => sandbox.faults.report()[0]?.seen ?? 0;
}

beforeEach(async () => {
  sandbox = await startSandbox({ content: 'empty' });
  keychain = memoryKeychain();
  await keychain.write('clientSecret', sandbox.org.credentials.clientSecret);
});
afterEach(() => sandbox.stop());

describe('signing in without a password', () => {
  it('works by client credentials, as the user the app names', async () => {
    settings = { signIn: 'clientCredentials', ...anyWay() };
    const org = newOrg(newVault());
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });
    sandbox.org.expireSessions();
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });
    expect(sandbox.org.loginHistory().at(-1)?.username).toBe(sandbox.org.credentials.username);
  });

  it('works by a certificate, and says when the key is not its own', async () => {
    const { username, clientId } = sandbox.org.credentials;
    const keys = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    sandbox.org.setApp(clientId, {
      certificate: keys.publicKey,
      permittedUsers: 'adminApproved',
      approvedUsers: [username],
    });
    settings = { signIn: 'jwt', username, ...anyWay() };
    const org = newOrg(newVault());
    expect(await org.ping(noSignal)).toMatchObject({ problem: { code: 'secret.missing' } });
    await keychain.write('privateKey', keys.privateKey);
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });
    sandbox.org.expireSessions();
    sandbox.clock.advance(60 * 60 * 1000);
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });

    const others = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await keychain.write('privateKey', String(others.privateKey.export({ type: 'pkcs8', format: 'pem' })));
    org.reset();
    const answer = await org.ping(noSignal);
    expect(answer).toMatchObject({ problem: { code: 'org.keyRefused', class: 'signIn' } });
    expect(JSON.stringify(answer)).not.toContain('PRIVATE KEY');

    settings = { signIn: 'jwt', ...anyWay(), username: 'ventas@santelmo.example' };
    await keychain.write('privateKey', keys.privateKey);
    org.reset();
    expect(await org.ping(noSignal)).toMatchObject({ problem: { code: 'org.appNotApproved' } });
  });
});

describe('the refresh token of a sign-in with the browser', () => {
  let vault: OrgVault;
  let org: SalesforceOrg;

  beforeEach(async () => {
    settings = browserSettings();
    sandbox.org.setSwitches({ refreshTokenRotation: 'on' });
    vault = newVault();
    org = newOrg(vault);
    await signInByBrowser();
  });

  async function signInByBrowser(): Promise<void> {
    const desk = openSignInDesk(sandbox, vault, browserSettings, { ports: [await freePort()] });
    expect((await desk.signIn()).end).toEqual({ state: 'signedIn' });
    org.reset();
  }

  const kept = () => keychain.kept.get('refreshToken') ?? '';

  it('is replaced by each use, and is in the keychain before its session is used', async () => {
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });
    for (let round = 0; round < 3; round += 1) {
      const before = kept();
      sandbox.org.expireSessions();
      const callsAtWrite: number[] = [];
      keychain.onWrite = () => callsAtWrite.push(sandbox.org.core.apiCalls);
      const calls = sandbox.org.core.apiCalls;
      expect(await org.ping(noSignal)).toMatchObject({ ok: true });
      expect(kept()).not.toBe(before);
      expect(callsAtWrite).toEqual([calls]);
    }
  });

  it('is used by one caller at a time, whoever asks', async () => {
    const other = newOrg(vault);
    await Promise.all([org.ping(noSignal), other.ping(noSignal)]);
    sandbox.org.expireSessions();
    const tokenCalls = countTokenCalls();
    const answers = await Promise.all([
      org.ping(noSignal),
      org.ping(noSignal),
      other.ping(noSignal),
      other.ping(noSignal),
    ]);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(tokenCalls()).toBe(2);
  });

  it('survives new settings in the middle of a renewal', async () => {
    sandbox.faults.add({ target: 'org', path: 'oauth2/token', kind: 'delay', ms: 80 });
    const early = org.ping(noSignal);
    org.reset();
    const late = org.ping(noSignal);
    expect([await early, await late].map((answer) => answer.ok)).toEqual([true, true]);
  });

  it('that the keychain does not take is a typed problem; the old one stays and is not used again', async () => {
    const before = kept();
    keychain.locked = true;
    const calls = sandbox.org.core.apiCalls;
    const tokenCalls = countTokenCalls();
    const refused = { ok: false, problem: { code: 'keychain.notWritten', class: 'setup' } };
    expect(await org.ping(noSignal)).toMatchObject(refused);
    expect(await org.ping(noSignal)).toMatchObject(refused);
    expect(kept()).toBe(before);
    expect(sandbox.org.core.apiCalls).toBe(calls);
    expect(tokenCalls()).toBe(1);

    keychain.locked = false;
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });
    expect(kept()).not.toBe(before);
  });

  it('is asked for again when the program was killed before it could keep the new one', async () => {
    keychain.locked = true;
    await org.ping(noSignal);
    // Started again: nothing is known but what the keychain has.
    keychain.locked = false;
    vault = newVault();
    org = newOrg(vault);
    const again = { problem: { code: 'org.signInAgain', class: 'signIn' } };
    expect(await org.ping(noSignal)).toMatchObject(again);
    await signInByBrowser();
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });
  });

  it('that has been revoked ends in one question, and a new sign-in goes on', async () => {
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });
    const { token } = JSON.parse(kept());
    await fetch(`${sandbox.org.url}/services/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    });
    const tokenCalls = countTokenCalls();
    const answer = await org.ping(noSignal);
    expect(answer).toMatchObject({ problem: { code: 'org.signInAgain', class: 'signIn' } });
    expect(JSON.stringify(answer)).not.toContain(token);
    expect(tokenCalls()).toBe(1);
    await signInByBrowser();
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });
  });

  it('never goes to another address or for another app than it was given for', async () => {
    const tokenCalls = countTokenCalls();
    const needed = { problem: { code: 'org.browserNeeded', class: 'signIn' } };
    settings = { ...browserSettings(), loginUrl: sandbox.org.url.replace('127.0.0.1', 'localhost') };
    expect(await org.ping(noSignal)).toMatchObject(needed);
    settings = { ...browserSettings(), clientId: 'PlatformCLI' };
    expect(await org.ping(noSignal)).toMatchObject(needed);
    expect(await vault.signedInAs()).toBeNull();
    expect(tokenCalls()).toBe(0);
    settings = browserSettings();
    expect(await org.ping(noSignal)).toMatchObject({ ok: true });
  });

  it('leaves a sign-in of another desktop alone', async () => {
    const elsewhere = memoryKeychain();
    await elsewhere.write('clientSecret', sandbox.org.credentials.clientSecret);
    const otherVault = createOrgVault({ org: () => settings, keychain: elsewhere });
    const desk = openSignInDesk(sandbox, otherVault, browserSettings, { ports: [await freePort()] });
    await desk.signIn();
    const other = newOrg(otherVault);
    for (let round = 0; round < 2; round += 1) {
      sandbox.org.expireSessions();
      const answers = await Promise.all([org.ping(noSignal), other.ping(noSignal)]);
      expect(answers.map((answer) => answer.ok)).toEqual([true, true]);
    }
  });
});
