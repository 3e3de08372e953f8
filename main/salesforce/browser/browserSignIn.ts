import { randomBytes } from 'node:crypto';
import { failed, type Problem, problem, type Result } from '../../../contract/problem';
import type { Locale, OrgSettingsOf } from '../../../contract/settings';
import { type BrowserSignIn, loopbackPorts } from '../../../contract/signIn';
import type { Fetch } from '../../net/exchange';
import { redact } from '../../net/redact';
import { defaultTimeouts } from '../session/session';
import { clientSecretOf } from '../session/signIn';
import { callTokenEndpoint } from '../session/tokenCall';
import { type Callback, type Loopback, openLoopback } from './loopback';
import { loopbackTexts } from './page';
import { makePkce } from './pkce';
import { readSignedInUser } from './signedInUser';

/** So long a person may take; the org's own page gives up after 15 minutes. */
const patienceMs = 5 * 60_000;
const maxAnswerBytes = 64 * 1024;

export interface BrowserSignInOptions {
  /** The saved settings, and the client secret of an app that has one. */
  app: () => Promise<Result<{ settings: OrgSettingsOf<'browser'>; clientSecret: string | null }>>;
  /** Opens the org's page; false when it would not. */
  openBrowser: (address: string) => Promise<boolean>;
  /** Keeps what the org gave. The sign-in has worked when this has. */
  keep: (token: string, username: string, settings: OrgSettingsOf<'browser'>) => Promise<Result<void>>;
  onChange: (state: BrowserSignIn) => void;
  locale: () => Locale;
  now: () => number;
  fetch?: Fetch;
  ports?: readonly number[];
  patienceMs?: number;
}

export interface BrowserSignInFlow {
  state(): BrowserSignIn;
  /** Opens the org's page; while one is waited for, opens that one again. */
  start(): Promise<BrowserSignIn>;
  cancel(): void;
}

interface Visit {
  address: string;
  loopback: Loopback;
  patience: NodeJS.Timeout;
}

/**
 * Signing in with the person's own browser: authorization code with PKCE
 * (https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_pkce.htm). One at a time.
 */
export function createBrowserSignIn(options: BrowserSignInOptions): BrowserSignInFlow {
  const { fetch = globalThis.fetch, ports = loopbackPorts } = options;
  const limits = { fetch, timeoutMs: defaultTimeouts.token, maxBytes: maxAnswerBytes };
  let state: BrowserSignIn = { state: 'idle' };
  let visit: Visit | null = null;
  let starting: Promise<BrowserSignIn> | null = null;
  let attempt = 0;

  function become(next: BrowserSignIn): BrowserSignIn {
    state = next;
    options.onChange(next);
    return next;
  }

  function end(next: BrowserSignIn): BrowserSignIn {
    if (visit !== null) clearTimeout(visit.patience);
    visit = null;
    return become(next);
  }

  const fail = (reason: Problem): BrowserSignIn => end({ state: 'failed', problem: reason });

  async function begin(): Promise<BrowserSignIn> {
    attempt += 1;
    const thisOne = attempt;
    const app = await options.app();
    if (!app.ok) return fail(app.problem);
    const stateKey = randomBytes(24).toString('base64url');
    const texts = loopbackTexts[options.locale()];
    const loopback = await openLoopback({ ports, state: stateKey, texts });
    if (loopback === null) return fail(problem('signIn.portsTaken', { ports: ports.join(', ') }));
    if (thisOne !== attempt) {
      loopback.close();
      return state;
    }
    const { verifier, challenge } = makePkce();
    const { settings, clientSecret } = app.value;
    const address = authorizeAddress(settings, loopback.redirectUri, stateKey, challenge);
    const wait = options.patienceMs ?? patienceMs;
    const mine: Visit = { address, loopback, patience: setTimeout(giveUp, wait) };
    visit = mine;

    void loopback.callback.then(async (callback) => {
      if (visit !== mine) return loopback.close();
      clearTimeout(mine.patience);
      const redeemed = await redeem(callback, { settings, clientSecret, verifier, loopback });
      loopback.answer(redeemed.ok ? 'done' : 'failed');
      if (visit !== mine) return;
      if (redeemed.ok) end({ state: 'signedIn' });
      else fail(redeemed.problem);
    });

    become({ state: 'waiting', until: options.now() + wait });
    if (await options.openBrowser(address)) return state;
    loopback.close();
    return fail(problem('signIn.browserNotOpened'));
  }

  function giveUp(): void {
    visit?.loopback.close();
    fail(problem('signIn.timedOut'));
  }

  async function redeem(
    callback: Callback,
    from: {
      settings: OrgSettingsOf<'browser'>;
      clientSecret: string | null;
      verifier: string;
      loopback: Loopback;
    },
  ): Promise<Result<void>> {
    if (callback.kind === 'error') return failed(refusalOf(callback));
    const { settings, clientSecret, verifier, loopback } = from;
    const result = await callTokenEndpoint(
      settings.loginUrl,
      {
        grant_type: 'authorization_code',
        code: callback.code,
        redirect_uri: loopback.redirectUri,
        client_id: settings.clientId,
        code_verifier: verifier,
        ...clientSecretOf(clientSecret),
      },
      limits,
    );
    if (!result.ok) return failed(redact(result.problem, [callback.code, verifier, clientSecret ?? '']));
    const { refreshToken } = result.grant;
    if (refreshToken === null) return failed(problem('signIn.noRefreshToken'));
    return options.keep(refreshToken, await readSignedInUser(result.grant, limits), settings);
  }

  return {
    state: () => state,

    async start() {
      if (visit !== null) {
        await options.openBrowser(visit.address);
        return state;
      }
      starting ??= begin().finally(() => {
        starting = null;
      });
      return starting;
    },

    cancel() {
      attempt += 1;
      visit?.loopback.close();
      end({ state: 'idle' });
    },
  };
}

/**
 * No scope is named: the app's own count, and naming one that the app lacks would be refused. The org asks who it is
 * even if somebody is signed in in this browser, who is seldom the integration user.
 */
function authorizeAddress(
  { loginUrl, clientId }: OrgSettingsOf<'browser'>,
  redirectUri: string,
  state: string,
  challenge: string,
): string {
  const address = new URL('/services/oauth2/authorize', new URL(loginUrl).origin);
  address.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    prompt: 'login',
  }).toString();
  return address.href;
}

/** Codes of the redirect (https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm). */
function refusalOf({ error, description }: Extract<Callback, { kind: 'error' }>): Problem {
  const more = { detail: `${error}: ${description}` };
  if (/^access[_-]denied$/i.test(error)) return problem('signIn.denied', {}, more);
  if (/app_access_denied|must be installed/i.test(`${error} ${description}`))
    return problem('org.appNotApproved', {}, more);
  return problem('org.signInRefused', { message: description }, more);
}
