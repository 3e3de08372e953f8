import { z } from 'zod';
import type { Sandbox } from '../../sandbox';

/** A bare HTTP client for the sandbox org: no library stands between a test and the wire. */
export interface OrgClient {
  token: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  query(soql: string): Promise<Answer>;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export const version = 'v62.0';

export async function requestToken(sandbox: Sandbox, changes: Record<string, string> = {}): Promise<Answer> {
  const { username, password, clientId, clientSecret } = sandbox.org.credentials;
  const form = new URLSearchParams({
    grant_type: 'password',
    username,
    password,
    client_id: clientId,
    client_secret: clientSecret,
    ...changes,
  });
  return read(await fetch(`${sandbox.org.url}/services/oauth2/token`, { method: 'POST', body: form }));
}

export async function signIn(sandbox: Sandbox): Promise<OrgClient> {
  const answer = await requestToken(sandbox);
  const { access_token: token } = z.object({ access_token: z.string() }).parse(answer.body);
  const call: OrgClient['call'] = async (method, path, body, headers = {}) =>
    read(
      await fetch(`${sandbox.org.url}/services/data/${version}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  return { token, call, query: (soql) => call('GET', `/query?q=${encodeURIComponent(soql)}`) };
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown = text;
  if (/json/.test(response.headers.get('content-type') ?? '')) body = JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}

/** The id of a created record; fails the test when it was not created. */
export function idOf(answer: Answer): string {
  const created = z.object({ id: z.string().length(18), success: z.literal(true) }).safeParse(answer.body);
  if (!created.success) throw new Error(`not created: ${answer.status} ${JSON.stringify(answer.body)}`);
  return created.data.id;
}

const errorsSchema = z.array(
  z.object({ errorCode: z.string(), message: z.string(), fields: z.array(z.string()).optional() }),
);

export const errorsOf = (answer: Answer) => errorsSchema.parse(answer.body);

/** Ids of what an order needs: an account, a book, an entry of it and one of another book. */
export interface Basics {
  accountId: string;
  bookId: string;
  entryId: string;
  otherEntryId: string;
  productId: string;
  price: number;
}

export function basics(sandbox: Sandbox): Basics {
  const row = (soql: string) => z.record(z.string(), z.unknown()).parse(sandbox.org.query(soql)[0]);
  const book = row("SELECT Id FROM Pricebook2 WHERE Name = 'Lista Mayorista AMBA'");
  const entry = row(
    `SELECT Id, Product2Id, UnitPrice FROM PricebookEntry WHERE Pricebook2Id = '${String(book['Id'])}' ORDER BY Id LIMIT 1`,
  );
  const other = row(
    `SELECT Id FROM PricebookEntry WHERE Product2Id = '${String(entry['Product2Id'])}' AND Pricebook2Id != '${String(book['Id'])}' LIMIT 1`,
  );
  return {
    accountId: String(row('SELECT Id FROM Account WHERE Bloqueado__c = false ORDER BY Id LIMIT 1')['Id']),
    bookId: String(book['Id']),
    entryId: String(entry['Id']),
    otherEntryId: String(other['Id']),
    productId: String(entry['Product2Id']),
    price: Number(entry['UnitPrice']),
  };
}

export const draftOrder = (ids: Basics, changes: Record<string, unknown> = {}) => ({
  AccountId: ids.accountId,
  Pricebook2Id: ids.bookId,
  EffectiveDate: '2026-11-23',
  Status: 'Draft',
  ...changes,
});
