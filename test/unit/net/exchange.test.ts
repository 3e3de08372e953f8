import { afterEach, describe, expect, it } from 'vitest';
import { exchange } from '../../../main/net/exchange';
import { nodeFetch } from '../../../main/net/nodeFetch';
import { type HttpServer, startHttpServer } from '../../support/httpServer';

let server: HttpServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

const clients = { 'Node’s fetch': globalThis.fetch, 'Node’s HTTP client': nodeFetch };

const get = (url: string) => ({ method: 'GET', url, headers: {} });

describe.each(Object.entries(clients))('exchange over %s', (_name, fetch) => {
  const limits = (changes = {}) => ({
    fetch,
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    maxBytes: 1_000,
    ...changes,
  });

  it('hands back status, headers in lower case and body', async () => {
    server = await startHttpServer((_request, response) => {
      response.writeHead(418, { 'X-Answer': 'yes' });
      response.end('short and stout ñ');
    });
    const done = await exchange(get(server.url), limits());
    expect(done).toMatchObject({
      ok: true,
      answer: { status: 418, body: 'short and stout ñ', headers: { 'x-answer': 'yes' } },
    });
  });

  it('does not follow a redirect, so that no header goes to another host', async () => {
    server = await startHttpServer((_request, response) => {
      response.writeHead(302, { location: 'http://elsewhere.example/login' });
      response.end();
    });
    const done = await exchange({ ...get(server.url), headers: { authorization: 'Bearer x' } }, limits());
    expect(done).toEqual({
      ok: false,
      failure: { kind: 'redirect', status: 302, host: 'elsewhere.example' },
    });
    expect(server.received).toHaveLength(1);
  });

  it('ends an answer whose body never comes', async () => {
    server = await startHttpServer((_request, response) => {
      response.writeHead(200);
      response.write('{"half":');
    });
    const done = await exchange(get(server.url), limits({ timeoutMs: 60 }));
    expect(done).toEqual({ ok: false, failure: { kind: 'timeout', afterMs: 60 } });
  });

  it('stops when called off, before and during the exchange', async () => {
    const controller = new AbortController();
    server = await startHttpServer(() => controller.abort());
    const during = await exchange(get(server.url), limits({ signal: controller.signal }));
    expect(during).toEqual({ ok: false, failure: { kind: 'aborted' } });
    const before = await exchange(get(server.url), limits({ signal: controller.signal }));
    expect(before).toEqual({ ok: false, failure: { kind: 'aborted' } });
    expect(server.received).toHaveLength(1);
  });

  it('stops reading an answer that is too long', async () => {
    server = await startHttpServer((_request, response) => response.end('x'.repeat(1_001)));
    const done = await exchange(get(server.url), limits());
    expect(done).toEqual({ ok: false, failure: { kind: 'tooLarge', limitBytes: 1_000 } });
  });

  it('tells a broken connection from one that was never made', async () => {
    server = await startHttpServer((_request, _response, raw) => raw.socket.destroy());
    const broken = await exchange({ ...get(server.url), method: 'POST', body: '{}' }, limits());
    expect(broken).toMatchObject({ ok: false, failure: { kind: 'broken' } });
    const { url } = server;
    await server.stop();
    server = null;
    const refused = await exchange(get(url), limits());
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'notConnected', why: 'refused' } });
  });

  it('takes an answer cut off in the middle for a broken connection', async () => {
    server = await startHttpServer((_request, response, raw) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half"', () => raw.socket.destroy());
    });
    const done = await exchange(get(server.url), limits());
    expect(done).toMatchObject({ ok: false, failure: { kind: 'broken' } });
  });
});
