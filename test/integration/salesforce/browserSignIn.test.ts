import { createServer, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrgSettingsOf } from '../../../contract/settings';
import { loopbackAddress } from '../../../contract/signIn';
import { createOrgVault, type OrgVault } from '../../../main/modes/orgVault';
import { type Sandbox, startSandbox } from '../../../sandbox';
import {
  decideInBrowser,
  freePort,
  open,
  openSignInDesk,
  type SignInDesk,
} from '../../support/browserPerson';
import { type MemoryKeychain, memoryKeychain } from '../../support/memoryKeychain';

let sandbox: Sandbox;
let keychain: MemoryKeychain;
let vault: OrgVault;
let port: number;
let settings: OrgSettingsOf<'browser'>;

beforeEach(async () => {
  sandbox = await startSandbox({ content: 'empty' });
  settings = {
    signIn: 'browser',
    loginUrl: sandbox.org.url,
    clientId: sandbox.org.credentials.clientId,
    identifier: 'PAGINAWEB',
    warehouse: '',
    companies: [],
  };
  keychain = memoryKeychain();
  vault = createOrgVault({ org: () => settings, keychain });
  port = await freePort();
});
afterEach(() => sandbox.stop());

type Changes = Partial<Parameters<typeof openSignInDesk>[3]>;
const desk = (changes: Changes = {}): SignInDesk =>
  openSignInDesk(sandbox, vault, () => settings, { ports: [port], ...changes });

const nobodyListens = async () => expect(open(loopbackAddress(port))).rejects.toThrow('fetch failed');

describe('signing in with the browser', () => {
  it('proves itself by PKCE, keeps who signed in, and listens no longer', async () => {
    sandbox.org.setApp(settings.clientId, { requirePkce: true });
    const at = desk();
    const { page, end } = await at.signIn();
    expect(end).toEqual({ state: 'signedIn' });
    expect(page).toMatchObject({ status: 200 });
    expect(page.html).toContain('Close this tab and go back to Puente');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(await vault.signedInAs()).toBe(sandbox.org.credentials.username);
    await nobodyListens();

    const asked = new URL(at.opened[0] ?? '');
    expect(asked.origin).toBe(sandbox.org.url);
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    expect(asked.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(asked.searchParams.get('state')).toMatch(/^[\w-]{32}$/);
    expect(asked.search).not.toContain('secret');
  });

  it('sends no secret for an app that has none, and says so when the app wants one', async () => {
    expect((await desk({ publicApp: true }).signIn()).end).toMatchObject({
      problem: { code: 'org.wrongClient' },
    });
    sandbox.org.setApp(settings.clientId, { requireSecret: false, secret: null });
    expect((await desk({ publicApp: true }).signIn()).end.state).toBe('signedIn');
  });

  it('says that access was not allowed, on the page and in the program', async () => {
    const { page, end } = await desk().signIn('deny');
    expect(end).toMatchObject({ state: 'failed', problem: { code: 'signIn.denied' } });
    expect(page.html).toContain('The sign-in failed');
    expect(keychain.kept.size).toBe(0);
    await nobodyListens();
  });

  it('is not ended by anybody else: wrong state, other paths, other names for this computer', async () => {
    const at = desk();
    await at.flow.start();
    const own = loopbackAddress(port);
    const state = new URL(at.opened[0] ?? '').searchParams.get('state') ?? '';
    expect((await open(`${own}?code=stolen&state=guessed`)).status).toBe(400);
    expect((await open(`${own}?error=access_denied`)).status).toBe(400);
    expect((await open(`${own}?state=${state}`)).status).toBe(400);
    expect((await open(`http://localhost:${port}/?code=x&state=${state}`)).status).toBe(404);
    expect((await fetch(`${own}?code=x&state=${state}`, { method: 'POST' })).status).toBe(404);
    expect(await statusAs('evil.example', `/OauthRedirect?code=x&state=${state}`)).toBe(404);
    expect(at.flow.state().state).toBe('waiting');

    const ended = at.become('signedIn');
    expect((await open(await decideInBrowser(sandbox, at.opened[0] ?? ''))).status).toBe(200);
    await ended;
  });

  it('repeats nothing of the address on its page', async () => {
    const at = desk();
    await at.flow.start();
    const page = await open(`${loopbackAddress(port)}?error=<script>alert(1)</script>&state=x`);
    expect(page.html).not.toContain('alert');
    at.flow.cancel();
  });

  it('is given up after a while, and when a person calls it off', async () => {
    const slow = desk({ patienceMs: 30 });
    const failed = slow.become('failed');
    await slow.flow.start();
    expect(await failed).toMatchObject({ problem: { code: 'signIn.timedOut' } });
    await nobodyListens();

    const called = desk();
    await called.flow.start();
    called.flow.cancel();
    expect(called.flow.state()).toEqual({ state: 'idle' });
    await nobodyListens();
    expect((await called.signIn()).end.state).toBe('signedIn');
  });

  it('opens the same page again while it waits, and listens once', async () => {
    const at = desk();
    const [first, second] = await Promise.all([at.flow.start(), at.flow.start()]);
    expect(first).toEqual(second);
    await at.flow.start();
    expect(new Set(at.opened).size).toBe(1);
    expect(at.states).toHaveLength(1);
    at.flow.cancel();
  });

  it('takes the next port when one is taken, and says which it needs when all are', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const spare = await freePort();
    expect((await desk({ ports: [port, spare] }).signIn()).end.state).toBe('signedIn');
    expect(await desk().flow.start()).toMatchObject({
      problem: { code: 'signIn.portsTaken', params: { ports: String(port) } },
    });
    await new Promise((resolve) => other.close(resolve));
  });

  it.each([
    ['no browser opens', () => desk({ opens: false }).flow.start(), 'signIn.browserNotOpened'],
    [
      'the app may not stay connected',
      async () => {
        sandbox.org.setApp(settings.clientId, { scopes: ['api'] });
        return (await desk().signIn()).end;
      },
      'signIn.noRefreshToken',
    ],
    [
      'the keychain does not take it',
      async () => {
        keychain.locked = true;
        return (await desk().signIn()).end;
      },
      'keychain.notWritten',
    ],
    [
      'no administrator has approved the user',
      async () => {
        sandbox.org.setApp(settings.clientId, { permittedUsers: 'adminApproved' });
        return (await desk().signIn()).end;
      },
      'org.appNotApproved',
    ],
  ])('says what is wrong when %s', async (_name, work, code) => {
    expect(await work()).toMatchObject({ state: 'failed', problem: { code } });
    await nobodyListens();
  });
});

/** The status for a request that calls this computer by that name, as a page whose name points here would. */
async function statusAs(host: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}
