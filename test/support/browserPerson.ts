import { createServer } from 'node:http';
import type { OrgSettingsOf } from '../../contract/settings';
import { type BrowserSignIn, loopbackAddress } from '../../contract/signIn';
import type { OrgVault } from '../../main/modes/orgVault';
import { createBrowserSignIn } from '../../main/salesforce';
import type { Sandbox } from '../../sandbox';
import { type Page, send, wayBack } from '../sandbox/browser';

/** A port that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** What a person does on the org's pages: signs in and decides. Answers where the browser is sent back to. */
export async function decideInBrowser(
  sandbox: Sandbox,
  address: string,
  decision: 'allow' | 'deny' = 'allow',
): Promise<URL> {
  const { username, password } = sandbox.org.credentials;
  const login = await open(address);
  const consent = await send(sandbox, login, { username, password });
  return wayBack(consent.status === 302 ? consent : await send(sandbox, consent, { decision }));
}

/** Opens an address as a browser does, without going on by itself. */
export async function open(address: string | URL, headers: Record<string, string> = {}): Promise<Page> {
  const response = await fetch(address, { redirect: 'manual', headers });
  return { status: response.status, headers: response.headers, html: await response.text() };
}

export interface SignInDesk {
  flow: ReturnType<typeof createBrowserSignIn>;
  states: BrowserSignIn[];
  /** Addresses that the browser was asked to open. */
  opened: string[];
  /** Resolves with the first state of that kind from now on. */
  become(kind: BrowserSignIn['state']): Promise<BrowserSignIn>;
  /** Signs in from the first click to the end. */
  signIn(decision?: 'allow' | 'deny'): Promise<{ page: Page; end: BrowserSignIn }>;
}

/** The program's side of signing in, on ports that are free, with the sandbox's app told of them. */
export function openSignInDesk(
  sandbox: Sandbox,
  vault: OrgVault,
  settings: () => OrgSettingsOf<'browser'>,
  changes: { ports: readonly number[]; patienceMs?: number; opens?: boolean; publicApp?: boolean },
): SignInDesk {
  const states: BrowserSignIn[] = [];
  const opened: string[] = [];
  const waiting: ((state: BrowserSignIn) => void)[] = [];
  sandbox.org.setApp(sandbox.org.credentials.clientId, { redirectUris: changes.ports.map(loopbackAddress) });
  const flow = createBrowserSignIn({
    app: async () => ({
      ok: true,
      value: {
        settings: settings(),
        clientSecret: changes.publicApp ? null : sandbox.org.credentials.clientSecret,
      },
    }),
    openBrowser: async (address) => {
      opened.push(address);
      return changes.opens ?? true;
    },
    keep: (token, username, { loginUrl, clientId }) =>
      vault.keepBrowserToken({ token, username, loginUrl, clientId }),
    onChange: (state) => {
      states.push(state);
      for (const tell of waiting) tell(state);
    },
    locale: () => 'en',
    now: sandbox.clock.now,
    ports: changes.ports,
    ...(changes.patienceMs === undefined ? {} : { patienceMs: changes.patienceMs }),
  });
  const become: SignInDesk['become'] = (kind) =>
    new Promise((resolve) => waiting.push((state) => state.state === kind && resolve(state)));
  return {
    flow,
    states,
    opened,
    become,
    async signIn(decision) {
      await flow.start();
      const ended = Promise.race([become('signedIn'), become('failed')]);
      const back = await decideInBrowser(sandbox, opened.at(-1) ?? '', decision);
      return { page: await open(back), end: await ended };
    },
  };
}
