import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { read } from './client';

let sandbox: Sandbox;
let control: string;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 10, buyers: 20 }, ports: { control: 0 } });
  control = sandbox.control?.url ?? '';
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.stop());

async function tell(method: string, path: string, body?: unknown) {
  return read(
    await fetch(`${control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

const listSchema = z.object({ faults: z.array(z.looseObject({ id: z.string() })) });

/** With headers that `fetch` does not let anyone set. */
function raw(method: string, path: string, headers: Record<string, string>, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${control}${path}`, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('rules by the control server', () => {
  it('are named, counted and removed one by one', async () => {
    const first = await tell('POST', '/faults', { target: 'org', kind: 'drop', path: '/nowhere' });
    expect(first.status).toBe(201);
    const second = await tell('POST', '/faults/presets', { name: 'org-503-json', times: 1 });
    expect(second.body).toMatchObject({
      id: expect.any(String),
      faults: [{ preset: null }, { preset: 'org-503-json', seen: 0, struck: 0, fault: { times: 1 } }],
    });
    await fetch(`${sandbox.org.url}/services/data/v62.0/limits`);
    await fetch(`${sandbox.org.url}/services/data/v62.0/limits`);
    const { faults } = listSchema.parse((await tell('GET', '/faults')).body);
    expect(faults).toMatchObject([{ seen: 0 }, { seen: 2, struck: 1 }]);
    expect((await tell('DELETE', `/faults/${faults[0]?.id}`)).status).toBe(204);
    expect((await tell('DELETE', `/faults/${faults[0]?.id}`)).body).toMatchObject({
      error: { code: 'unknown_fault' },
    });
    expect((await tell('GET', '/faults')).body).toMatchObject({ faults: [{ preset: 'org-503-json' }] });
  });

  it.each([
    [{ target: 'org', kind: 'drop', colour: 'red' }, ''],
    [{ target: 'store', kind: 'refuse', errorCode: 'X', message: '' }, 'target'],
    [{ target: 'org', kind: 'delay' }, 'ms'],
    [{ target: 'org', kind: 'status', status: 503, headers: { 'x y': '1' } }, 'headers.x y'],
    [{ target: 'mailbox', kind: 'drop' }, 'at'],
    [{ target: 'mailbox', at: 'connect', kind: 'refuse', code: 250, message: '' }, 'code'],
    [{ target: 'org', kind: 'drop', path: '(' }, 'path'],
  ])('are refused when they cannot be meant: %j', async (rule, field) => {
    const answer = await tell('POST', '/faults', rule);
    expect([answer.status, answer.body]).toMatchObject([422, { error: { code: 'invalid_body', field } }]);
  });

  it('tell what presets there are', async () => {
    expect((await tell('GET', '/faults/presets')).body).toMatchObject({
      presets: expect.arrayContaining([
        { name: 'org-timeout', target: 'org', scope: 'writes', times: 1, ms: 120_000 },
      ]),
    });
    expect((await tell('POST', '/faults/presets', { name: 'moonquake' })).body).toMatchObject({
      error: { code: 'unknown_preset' },
    });
    expect((await tell('POST', '/faults/presets', { name: 'org-420', times: 0 })).status).toBe(422);
  });
});

describe('the pages of others', () => {
  it('reach nothing, whatever name they call this computer by', async () => {
    const { host } = new URL(control);
    expect(await raw('GET', '/state', { host })).toBe(200);
    expect(await raw('GET', '/state', { host: host.replace('127.0.0.1', 'localhost') })).toBe(200);
    expect(await raw('GET', '/state', { host: `evil.example:${new URL(control).port}` })).toBe(403);
    expect(await raw('GET', '/state', { host: '[' })).toBe(403);
    expect(await raw('GET', '/state', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await raw('GET', '/state', { 'sec-fetch-site': 'same-site' })).toBe(403);
  });

  it('change nothing, while our own page may, in JSON', async () => {
    const post = (headers: Record<string, string>) =>
      raw('POST', '/faults/presets', headers, '{"name":"org-420"}');
    const json = { 'content-type': 'application/json' };
    const form = { 'content-type': 'text/plain' };
    expect(await post({ ...json, origin: 'https://evil.example' })).toBe(403);
    expect(await post({ ...json, origin: 'null' })).toBe(403);
    expect(await post({ ...json, origin: control.replace(/\d+$/, '1') })).toBe(403);
    expect(await post({ ...form, origin: control })).toBe(415);
    expect(sandbox.faults.report()).toEqual([]);
    expect(await post({ ...json, origin: control, 'sec-fetch-site': 'same-origin' })).toBe(201);
  });
});
