import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Sandbox } from '../../sandbox';
import { type Answer, read } from './client';

/** What a person's browser does on the way to a consent, page by page. */

export const redirectUri = 'http://localhost:1717/OauthRedirect';

export interface Page {
  status: number;
  headers: Headers;
  html: string;
}

export interface Verifier {
  verifier: string;
  challenge: string;
}

export function makeVerifier(bytes = 48): Verifier {
  const verifier = randomBytes(bytes).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Opens the address an app would send the browser to; `null` leaves a parameter out. */
export async function openAuthorize(
  sandbox: Sandbox,
  changes: Readonly<Record<string, string | null>> = {},
  language = 'en',
): Promise<Page> {
  const query = new URLSearchParams();
  const parameters = {
    response_type: 'code',
    client_id: sandbox.org.credentials.clientId,
    redirect_uri: redirectUri,
    state: 'a b&c',
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) query.set(name, value);
  const url = `${sandbox.org.url}/services/oauth2/authorize?${query}`;
  return page(await fetch(url, { redirect: 'manual', headers: { 'accept-language': language } }));
}

/** Sends the form of a page with these fields filled in, or that button pressed. */
export async function send(
  sandbox: Sandbox,
  from: Page,
  fields: Readonly<Record<string, string>>,
): Promise<Page> {
  const hidden = [...from.html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  const action = /<form method="post" action="([^"]+)">/.exec(from.html)?.[1];
  if (action === undefined) throw new Error(`no form on this page: ${from.html}`);
  const form = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, value]));
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return page(
    await fetch(sandbox.org.url + action, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { 'accept-language': 'en' },
    }),
  );
}

/** Where a page sends the browser on to. */
export function wayBack(from: Page): URL {
  const location = from.headers.get('location');
  if (from.status !== 302 || location === null) throw new Error(`no way back: ${from.status} ${from.html}`);
  return new URL(location);
}

/** Through the login page, and the consent page if there is one, to a code. */
export async function fetchCode(
  sandbox: Sandbox,
  changes: Readonly<Record<string, string | null>> = {},
  { username, password }: { username: string; password: string } = sandbox.org.credentials,
): Promise<string> {
  const login = await openAuthorize(sandbox, changes);
  const consent = await send(sandbox, login, { username, password });
  const end = consent.status === 302 ? consent : await send(sandbox, consent, { decision: 'allow' });
  const code = wayBack(end).searchParams.get('code');
  if (code === null) throw new Error(`no code: ${end.headers.get('location')}`);
  return code;
}

export async function postToken(sandbox: Sandbox, fields: Readonly<Record<string, string>>): Promise<Answer> {
  const body = new URLSearchParams(fields);
  return read(await fetch(`${sandbox.org.url}/services/oauth2/token`, { method: 'POST', body }));
}

/** Puente's own app, as parameters of the token endpoint. */
export const ownApp = (sandbox: Sandbox) => ({
  client_id: sandbox.org.credentials.clientId,
  client_secret: sandbox.org.credentials.clientSecret,
});

export const redeemCode = (
  sandbox: Sandbox,
  code: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  postToken(sandbox, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    ...ownApp(sandbox),
    ...changes,
  });

export const refreshWith = (
  sandbox: Sandbox,
  refreshToken: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  postToken(sandbox, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...ownApp(sandbox),
    ...changes,
  });

const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
  id: z.string(),
  instance_url: z.string(),
  scope: z.string().optional(),
});

/** The tokens of an answer; fails the test when there are none. */
export function tokensOf(answer: Answer) {
  const parsed = tokensSchema.safeParse(answer.body);
  if (!parsed.success) throw new Error(`no token: ${answer.status} ${JSON.stringify(answer.body)}`);
  return parsed.data;
}

/** Signs in by the web server flow; answers both tokens. */
export async function signInByBrowser(
  sandbox: Sandbox,
  person?: { username: string; password: string },
): Promise<{ access: string; refresh: string }> {
  const { access_token: access, refresh_token: refresh = '' } = tokensOf(
    await redeemCode(sandbox, await fetchCode(sandbox, {}, person)),
  );
  return { access, refresh };
}

/** The status of a plain API call with this token. */
export async function statusWith(sandbox: Sandbox, token: string): Promise<number> {
  const url = `${sandbox.org.url}/services/data/v62.0/limits`;
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
}

export const refusal = (error: string, description: string) => ({
  status: 400,
  body: { error, error_description: description },
});

async function page(response: Response): Promise<Page> {
  return { status: response.status, headers: response.headers, html: await response.text() };
}
