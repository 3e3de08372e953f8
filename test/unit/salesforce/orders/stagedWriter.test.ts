import { describe, expect, it } from 'vitest';
import { problem } from '../../../../contract/problem';
import type { WriteOutcome } from '../../../../main/engine/ports';
import { createSalesforceOrg } from '../../../../main/salesforce';
import { systemClock } from '../../../../main/systemClock';
import { jsonResponse, scriptFetch, soapResponse } from '../../../support/scriptedFetch';
import { makeUnit, writeOne } from '../../../support/units';

/** Thrown instead of an answer: the connection broke. `after`: the org had already done it. */
type Fault = 'lostBefore' | 'lostAfter' | 'refused' | 'locked';

interface MemoryOrg {
  orders: Map<string, { id: string; lines: Set<string> }>;
  writes: string[];
  /** Decides about the n-th write (graph, collection or delete), counted from 1. */
  fault: (write: number) => Fault | null;
}

const resetError = () =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });

/** As much of an org as long orders need: unique keys, graphs and collections that are all or nothing. */
function memoryOrg() {
  const state: MemoryOrg = { orders: new Map(), writes: [], fault: () => null };
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const byId = (id: string) => [...state.orders.values()].find((order) => order.id === id);

  function query(soql: string): Response {
    const found = (records: object[]) =>
      jsonResponse(200, { totalSize: records.length, done: true, records });
    if (soql.includes('FROM OrderStatus')) return found([{ ApiName: 'Draft', IsDefault: true }]);
    if (soql.includes('COUNT(Id)'))
      return found(
        [...state.orders.values()]
          .filter(({ id, lines }) => soql.includes(id) && lines.size > 0)
          .map(({ id, lines }) => ({ OrderId: id, expr0: lines.size })),
      );
    if (soql.includes('FROM OrderItem'))
      return found(
        [...state.orders.values()]
          .filter(({ id }) => soql.includes(id))
          .flatMap(({ lines }) => [...lines].map((key) => ({ Puente_LineKey__c: key }))),
      );
    return found(
      [...state.orders]
        .filter(([key]) => soql.includes(`'${key}'`))
        .map(([key, { id }]) => ({ Id: id, Puente_ExportKey__c: key, OrderNumber: '100', TotalAmount: 1 })),
    );
  }

  function graph(body: { graphs: [{ compositeRequest: Record<string, unknown>[] }] }): Response {
    const nodes = body.graphs[0].compositeRequest.filter((node) => node['method'] === 'POST');
    const records = nodes.map((node) => ({ ...(node['body'] as object) }) as Record<string, unknown>);
    const key = text(records[0]?.['Puente_ExportKey__c']);
    const reply = (isSuccessful: boolean, answer: (index: number) => object) =>
      jsonResponse(200, {
        graphs: [
          {
            graphId: 'order',
            isSuccessful,
            graphResponse: {
              compositeResponse: nodes.map((node, index) => ({
                referenceId: node['referenceId'],
                ...answer(index),
              })),
            },
          },
        ],
      });
    if (state.orders.has(key)) {
      const error = { errorCode: 'DUPLICATE_VALUE', message: 'duplicate value found', fields: [] };
      return reply(false, () => ({ httpStatusCode: 400, body: [error] }));
    }
    const id = `801${String(state.orders.size).padStart(12, '0')}AAA`;
    state.orders.set(key, {
      id,
      lines: new Set(records.slice(1).map((record) => text(record['Puente_LineKey__c']))),
    });
    return reply(true, () => ({ httpStatusCode: 201, body: { id, success: true, errors: [] } }));
  }

  function collection(body: { records: Record<string, unknown>[] }, fault: Fault | null): Response {
    const order = byId(text(body.records[0]?.['OrderId']));
    const keys = body.records.map((record) => text(record['Puente_LineKey__c']));
    const code = fault === 'locked' ? 'UNABLE_TO_LOCK_ROW' : 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
    const rolledBack = {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'rolled back',
      fields: [],
    };
    if (fault !== null || order === undefined)
      return jsonResponse(
        200,
        keys.map((_key, index) => ({
          success: false,
          errors: [index === 1 ? { statusCode: code, message: 'not this one', fields: [] } : rolledBack],
        })),
      );
    for (const key of keys) order.lines.add(key);
    return jsonResponse(
      200,
      keys.map((key) => ({ id: `802-${key}`, success: true, errors: [] })),
    );
  }

  const script = scriptFetch(({ method, path, body }) => {
    if (path.endsWith('/oauth2/token'))
      return jsonResponse(200, { access_token: 't', instance_url: 'https://org.example.com' });
    if (path.includes('/query?')) return query(decodeURIComponent(path));
    if (path.startsWith('/services/Soap/')) return soapResponse({ orgDefaultCurrencyIsoCode: 'ARS' });
    if (path.endsWith('/describe')) return jsonResponse(200, { name: 'PricebookEntry', fields: [] });
    state.writes.push(`${method} ${path.split('/').slice(4).join('/')}`);
    const fault = state.fault(state.writes.length);
    if (fault === 'lostBefore') throw resetError();
    const answer = perform();
    if (fault === 'lostAfter') throw resetError();
    return answer;

    function perform(): Response {
      if (path.endsWith('/composite/graph')) return graph(JSON.parse(body));
      if (path.endsWith('/composite/sobjects'))
        return collection(JSON.parse(body), fault === 'lostAfter' ? null : fault);
      const id = path.split('/').at(-1);
      for (const [key, order] of state.orders) if (order.id === id) state.orders.delete(key);
      return jsonResponse(204, null);
    }
  });

  const org = createSalesforceOrg({
    credentials: async () => ({
      ok: true,
      value: {
        signIn: 'password',
        settings: {
          signIn: 'password',
          loginUrl: 'https://login.example.com',
          username: 'u@example.com',
          clientId: 'c',
          identifier: 'PAGINAWEB',
          warehouse: '',
          companies: [],
        },
        secrets: { password: 'password', clientSecret: 'client-secret' },
      },
    }),
    clock: systemClock,
    fetch: script.fetch,
  });
  return { org, state };
}

const signal = new AbortController().signal;

describe('a long order', () => {
  it.each([
    [499, 1],
    [1_000, 3],
    [1_200, 4],
  ])('of %i lines is written whole, in %i collections after the graph', async (lines, collections) => {
    const { org, state } = memoryOrg();
    const unit = makeUnit(lines);
    expect(await writeOne(org, unit, signal)).toMatchObject({ kind: 'written', orgNumber: '100' });
    expect(state.writes).toEqual([
      'POST composite/graph',
      ...Array.from({ length: collections }, () => 'POST composite/sobjects'),
    ]);
    expect(state.orders.get(unit.exportKey)?.lines).toEqual(new Set(unit.lines.map((line) => line.key)));
  });

  it('of 498 lines still fits one graph', async () => {
    const { org, state } = memoryOrg();
    expect((await writeOne(org, makeUnit(498), signal)).kind).toBe('written');
    expect(state.writes).toEqual(['POST composite/graph']);
  });

  it.each(['lostBefore', 'lostAfter'] as const)(
    'is completed by writing again, wherever the answer was lost (%s)',
    async (fault) => {
      const unit = makeUnit(1_200);
      for (let broken = 1; broken <= 5; broken += 1) {
        const { org, state } = memoryOrg();
        state.fault = (write) => (write === broken ? fault : null);
        const first = await writeOne(org, unit, signal);
        expect(first.kind).toBe('answerLost');
        const second = await writeOne(org, unit, signal);
        expect(second.kind).toBe('written');
        expect(state.orders.size).toBe(1);
        expect(state.orders.get(unit.exportKey)?.lines.size).toBe(1_200);
      }
    },
  );

  it('survives every second write being lost', async () => {
    const { org, state } = memoryOrg();
    state.fault = (write) => (write % 2 === 1 ? 'lostAfter' : null);
    const unit = makeUnit(1_000);
    let outcome: WriteOutcome = { kind: 'answerLost', problem: problem('org.answerLost') };
    for (let tries = 0; tries < 8 && outcome.kind === 'answerLost'; tries += 1)
      outcome = await writeOne(org, unit, signal);
    expect(outcome.kind).toBe('written');
    expect(state.orders.get(unit.exportKey)?.lines.size).toBe(1_000);
  });

  it('is found incomplete, so that nobody takes the half for the whole', async () => {
    const { org, state } = memoryOrg();
    state.fault = (write) => (write === 2 ? 'lostBefore' : null);
    const unit = makeUnit(1_000);
    await writeOne(org, unit, signal);
    const found = await org.find([unit.exportKey, 'PAGINAWEB-other'], signal);
    expect(found.ok && [...found.value]).toMatchObject([[unit.exportKey, { lineCount: 498 }]]);
  });

  it('is taken back when a later line is refused, and the line is named', async () => {
    const { org, state } = memoryOrg();
    state.fault = (write) => (write === 3 ? 'refused' : null);
    const outcome = await writeOne(org, makeUnit(1_000), signal);
    expect(outcome).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'order.refusedByRule', line: 700, params: { sku: 'SKU-700' } }],
    });
    expect(state.orders.size).toBe(0);
    expect(state.writes.at(-1)).toMatch(/^DELETE sobjects\/Order\/801/);
  });

  it('of an earlier try stays, when a line is refused now: people may have worked on it', async () => {
    const { org, state } = memoryOrg();
    state.fault = (write) => (write === 2 ? 'lostBefore' : write === 3 ? 'refused' : null);
    const unit = makeUnit(1_000);
    await writeOne(org, unit, signal);
    expect((await writeOne(org, unit, signal)).kind).toBe('refused');
    expect(state.orders.size).toBe(1);
  });

  it('waits for a locked record without giving anything up', async () => {
    const { org, state } = memoryOrg();
    state.fault = (write) => (write === 2 ? 'locked' : null);
    const unit = makeUnit(600);
    expect(await writeOne(org, unit, signal)).toMatchObject({
      kind: 'answerLost',
      problem: { code: 'org.recordLocked' },
    });
    expect((await writeOne(org, unit, signal)).kind).toBe('written');
    expect(state.orders.get(unit.exportKey)?.lines.size).toBe(600);
  });
});
