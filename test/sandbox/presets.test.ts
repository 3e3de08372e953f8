import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';
import { addPreset, type PresetChoice, presets } from '../../sandbox/http/presets';
import { basics, draftOrder, idOf, type OrgClient, requestToken, signIn } from './client';

let sandbox: Sandbox;
let client: OrgClient;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 10, buyers: 20 } });
  client = await signIn(sandbox);
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.stop());

const set = (name: string, choice: PresetChoice = {}) => {
  const rule = addPreset(sandbox.faults, name, choice);
  if (rule === null) throw new Error(`no preset ${name}`);
  return rule;
};
const post = (key: string) =>
  client.call('POST', '/sobjects/Order', draftOrder(basics(sandbox), { Puente_ExportKey__c: key }));
const inOrg = (key: string) => sandbox.org.orders().filter((order) => order.exportKey === key).length;

describe('the answers of an org in trouble (research/salesforce.md 1.4 and 5.1)', () => {
  it.each([
    ['org-500-html', 500, 'text/html;charset=UTF-8', /^<html>/],
    ['org-500-json', 500, 'application/json;charset=UTF-8', /^\[\{"message":"An unexpected error occurred\./],
    ['org-500-empty', 500, 'text/html;charset=UTF-8', /^$/],
    ['org-503-html', 503, 'text/html', /Service Not Available/],
    [
      'org-503-json',
      503,
      'application/json;charset=UTF-8',
      /^\[\{"message":"Server too busy","errorCode":"SERVER_UNAVAILABLE"\}\]$/,
    ],
    ['org-503-empty', 503, 'text/html;charset=UTF-8', /^$/],
    ['org-420', 420, 'text/html;charset=UTF-8', /setting things up/],
    ['org-429', 429, 'application/json;charset=UTF-8', /"errorCode":"REQUEST_LIMIT_EXCEEDED"/],
    [
      'org-403-total-requests',
      403,
      'application/json;charset=UTF-8',
      /^\[\{"message":"TotalRequests Limit exceeded\.","errorCode":"REQUEST_LIMIT_EXCEEDED"\}\]$/,
    ],
    [
      'org-403-concurrent-requests',
      403,
      'application/json;charset=UTF-8',
      /^\[\{"message":"ConcurrentRequests \(Concurrent API Requests\) Limit exceeded\.","errorCode":"REQUEST_LIMIT_EXCEEDED"\}\]$/,
    ],
    [
      'org-401-forever',
      401,
      'application/json;charset=UTF-8',
      /^\[\{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"\}\]$/,
    ],
  ] as const)('%s', async (name, status, type, body) => {
    set(name);
    const answer = await fetch(`${sandbox.org.url}/services/data/v62.0/limits`, {
      headers: { authorization: `Bearer ${client.token}` },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
    expect(await answer.text()).toMatch(body);
    sandbox.faults.clear();
    expect((await client.call('GET', '/limits')).status).toBe(200);
  });

  it('refuses a session once, or for ever, and sign-in goes on meanwhile', async () => {
    set('org-401-once');
    expect((await client.call('GET', '/limits')).status).toBe(401);
    expect((await client.call('GET', '/limits')).status).toBe(200);
    set('org-401-forever');
    const anew = await signIn(sandbox);
    for (let call = 0; call < 3; call++) expect((await anew.call('GET', '/limits')).status).toBe(401);
  });

  it('finds a record locked, so many times', async () => {
    set('org-lock-row', { times: 2 });
    for (let call = 0; call < 2; call++) {
      expect((await post('P-1')).body).toEqual([
        {
          message: expect.stringMatching(
            /^unable to obtain exclusive access to this record or 1 records: \w{18}$/,
          ),
          errorCode: 'UNABLE_TO_LOCK_ROW',
          fields: [],
        },
      ]);
    }
    expect((await post('P-1')).status).toBe(201);
  });

  it('loses an answer before or after the order was made', async () => {
    set('org-drop-before');
    await expect(post('P-2')).rejects.toThrow();
    expect(inOrg('P-2')).toBe(0);
    set('org-drop-after');
    await expect(post('P-3')).rejects.toThrow();
    expect(inOrg('P-3')).toBe(1);
  });

  it('answers the whole under a broken length, or half a JSON as if it were all', async () => {
    set('org-truncated-connection');
    await expect(client.call('GET', '/limits')).rejects.toThrow();
    set('org-truncated-json');
    await expect(client.call('GET', '/limits')).rejects.toThrow(SyntaxError);
    expect((await client.call('GET', '/limits')).status).toBe(200);
  });

  it('carries a request out late, when its client has long gone', async () => {
    set('org-late', { ms: 150 });
    const gone = fetch(`${sandbox.org.url}/services/data/v62.0/sobjects/Order`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(draftOrder(basics(sandbox), { Puente_ExportKey__c: 'P-4' })),
      signal: AbortSignal.timeout(40),
    });
    await expect(gone).rejects.toThrow();
    expect(inOrg('P-4')).toBe(0);
    await expect.poll(() => inOrg('P-4')).toBe(1);
  });

  it('holds the first of two equal requests while the second gets through', async () => {
    set('org-slow-first', { ms: 60_000 });
    const left = new AbortController();
    const body = JSON.stringify(draftOrder(basics(sandbox), { Puente_ExportKey__c: 'P-5' }));
    const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' };
    const send = () =>
      fetch(`${sandbox.org.url}/services/data/v62.0/sobjects/Order`, {
        method: 'POST',
        headers,
        body,
        signal: left.signal,
      });
    const first = send();
    await expect.poll(() => inOrg('P-5')).toBe(1);
    const second = await send();
    expect(await second.json()).toMatchObject([{ errorCode: 'DUPLICATE_VALUE' }]);
    left.abort();
    await expect(first).rejects.toThrow();
    expect(sandbox.faults.report()).toMatchObject([{ struck: 1 }]);
  });

  it('strikes sign-in, who-am-I, Bulk and metadata on their own', async () => {
    set('org-sign-in-down');
    expect((await requestToken(sandbox)).status).toBe(503);
    expect((await client.call('GET', '/limits')).status).toBe(200);
    sandbox.faults.clear();
    set('org-login-rate', { times: 1 });
    expect((await requestToken(sandbox)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'login rate exceeded',
    });
    set('org-identity-refused');
    const who = await fetch(`${sandbox.org.url}/services/oauth2/userinfo`);
    expect([who.status, await who.text()]).toEqual([403, 'Bad_OAuth_Token']);
    set('org-503-json', { scope: 'metadata' });
    expect((await fetch(`${sandbox.org.url}/services/Soap/m/62.0`, { method: 'POST' })).status).toBe(503);
    set('org-bulk-down');
    expect((await client.call('GET', '/jobs/query')).status).toBe(503);
    expect((await client.call('GET', '/limits')).status).toBe(200);
  });
});

describe('presets', () => {
  it('can all be put in force, with chances that repeat', () => {
    for (const name of Object.keys(presets)) expect(set(name, { chance: 0.5, seed: 3 }).preset).toBe(name);
    expect(addPreset(sandbox.faults, 'constructor')).toBeNull();
  });

  it('let a request take effect before its answer goes astray', async () => {
    set('org-503-html', { scope: 'writes', phase: 'after', times: 1 });
    expect((await post('P-6')).status).toBe(503);
    expect(inOrg('P-6')).toBe(1);
    idOf(await post('P-7'));
  });

  it.each([
    ['store-429', 429, '10', 'too_many_requests'],
    ['store-503', 503, '30', 'unavailable'],
    ['store-401', 401, null, 'unauthorized'],
  ] as const)('%s speaks as docs/store-api.yaml says', async (name, status, retryAfter, code) => {
    set(name);
    const answer = await fetch(`${sandbox.store.url}/v1/store`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });
});
