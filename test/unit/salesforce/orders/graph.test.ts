import { describe, expect, it } from 'vitest';
import {
  buildGraph,
  fitsOneGraph,
  graphAnswerSchema,
  readGraph,
} from '../../../../main/salesforce/orders/graph';
import { outcomeOfErrors } from '../../../../main/salesforce/orders/outcome';
import { makeRecords } from '../../../../main/salesforce/orders/records';
import { builtInProfiles } from '../../../../main/salesforce/profile';
import { makeUnit } from '../../../support/units';

const profile = builtInProfiles.standard;
const newBuyer = {
  kind: 'new',
  record: { name: 'Nuevo', taxId: '20123456', vatStatus: 'other', address: null, phone: null, email: null },
} as const;

const nothing = { vatText: null, phone: null, email: null, address: null };
const changedBuyer = {
  kind: 'existing',
  id: '001A',
  name: 'El Sol',
  taxId: '20123456',
  update: {
    known: { ...nothing, vatText: 'other' },
    wanted: {
      ...nothing,
      vatText: 'other',
      name: 'El Sol',
      taxId: '20123456',
      vatStatus: 'other',
      phone: '11 5550-2000',
    },
  },
} as const;

function recordsFor(lines: number, changes = {}) {
  const made = makeRecords(makeUnit(lines, changes), profile, {
    draftStatus: 'Draft',
    currency: { kind: 'one', code: null },
    activeStatuses: new Map([['Activated', 'Activated']]),
  });
  if (!made.ok) throw new Error('records');
  return made.records;
}

const requestFor = (lines: number, changes = {}) =>
  buildGraph('order', recordsFor(lines, changes), profile, '62.0');

const nodesOf = (request: ReturnType<typeof requestFor>) => request.compositeRequest;

const id = '801000000000001AAA';
const created = (referenceId: string) => ({
  body: { id, success: true, errors: [] },
  httpStatusCode: 201,
  referenceId,
});
const failedNode = (referenceId: string | null, ...errors: object[]) => ({
  body: errors,
  httpStatusCode: 400,
  referenceId,
});
const halted = {
  errorCode: 'PROCESSING_HALTED',
  message: 'The transaction was rolled back since another operation in the same transaction failed.',
};
const answer = (isSuccessful: boolean, nodes: object[]) =>
  graphAnswerSchema.parse({
    graphs: [{ graphId: 'order', graphResponse: { compositeResponse: nodes }, isSuccessful }],
  });

describe('buildGraph', () => {
  it('puts buyer, order, lines and the look-back in one graph, each pointing to the one before', () => {
    const nodes = nodesOf(requestFor(2, { buyer: newBuyer }));
    expect(nodes.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /services/data/v62.0/sobjects/Account',
      'POST /services/data/v62.0/sobjects/Order',
      'POST /services/data/v62.0/sobjects/OrderItem',
      'POST /services/data/v62.0/sobjects/OrderItem',
      'GET /services/data/v62.0/sobjects/Order/@{refOrder.id}',
    ]);
    expect(nodes[1]?.body).toMatchObject({ AccountId: '@{refBuyer.id}' });
    expect(nodes[3]?.body).toMatchObject({ OrderId: '@{refOrder.id}' });
    expect(new Set(nodes.map((node) => node.referenceId)).size).toBe(nodes.length);
  });

  it.each([
    [497, {}, 499],
    [498, {}, 500],
    [497, { buyer: newBuyer }, 500],
    // One node too many: the look-back gives way, the number is read later.
    [498, { buyer: newBuyer }, 500],
    [497, { buyer: newBuyer, activateAs: 'Activated' }, 500],
    [496, { buyer: changedBuyer, activateAs: 'Activated' }, 500],
  ])('keeps %i lines %j within the 500 nodes of a graph', (lines, changes, count) => {
    expect(nodesOf(requestFor(lines, changes))).toHaveLength(count);
  });
});

describe('an order that is activated, of a buyer who has moved', () => {
  const request = requestFor(2, { buyer: changedBuyer, activateAs: 'Activated' });

  it('changes the buyer first and the status once all lines are there', () => {
    expect(nodesOf(request).map(({ method, url }) => `${method} ${url.replace(/.*sobjects/, '')}`)).toEqual([
      'PATCH /Account/001A',
      'POST /Order',
      'POST /OrderItem',
      'POST /OrderItem',
      'PATCH /Order/@{refOrder.id}',
      'GET /Order/@{refOrder.id}',
    ]);
    expect(nodesOf(request)[0]?.body).toEqual({ Phone: '11 5550-2000' });
  });

  it('is not taken for written while a change was not confirmed', () => {
    const nodes = [created('refOrder'), created('refLine0'), created('refLine1')];
    const changed = (referenceId: string) => ({ body: null, httpStatusCode: 204, referenceId });
    const all = [changed('refBuyerUpdate'), ...nodes, changed('refActivation')];
    expect(readGraph(answer(true, all), request, profile, 1).kind).toBe('written');
    expect(readGraph(answer(true, all.slice(0, -1)), request, profile, 1).kind).toBe('unclear');
    expect(readGraph(answer(true, all.slice(1)), request, profile, 1).kind).toBe('unclear');
  });

  it.each([
    [498, {}, true],
    [499, {}, false],
    [498, { activateAs: 'Activated' }, true],
    [498, { buyer: newBuyer, activateAs: 'Activated' }, false],
    [498, { buyer: changedBuyer, activateAs: 'Activated' }, false],
    [497, { buyer: newBuyer, activateAs: 'Activated' }, true],
  ])('with %i lines %j fits one graph: %s', (lines, changes, fits) => {
    expect(fitsOneGraph(recordsFor(lines, changes), 498)).toBe(fits);
  });
});

describe('readGraph', () => {
  const request = requestFor(2);
  const success = [
    created('refOrder'),
    created('refLine0'),
    created('refLine1'),
    { body: { Id: id, OrderNumber: '00000100' }, httpStatusCode: 200, referenceId: 'refReadBack' },
  ];

  it('takes id and number of a graph that succeeded as a whole', () => {
    expect(readGraph(answer(true, success), request, profile, 1)).toEqual({
      kind: 'written',
      orgId: id,
      orgNumber: '00000100',
    });
  });

  it('does not need the look-back to know that the order is there', () => {
    expect(readGraph(answer(true, success.slice(0, 3)), request, profile, 1)).toEqual({
      kind: 'written',
      orgId: id,
      orgNumber: null,
    });
  });

  it.each([
    ['a node is missing', success.slice(0, 2)],
    ['a node failed', [success[0], failedNode('refLine0', { errorCode: 'X', message: '' }), success[2]]],
    [
      'an id is missing',
      [{ ...created('refOrder'), body: { success: true, errors: [] } }, ...success.slice(1)],
    ],
  ])('is not sure when it says success and yet %s', (_name, nodes) => {
    expect(readGraph(answer(true, nodes as object[]), request, profile, 1).kind).toBe('unclear');
  });

  it('takes no id from a graph that failed, though a rolled-back node carries one', () => {
    const outcome = readGraph(
      answer(false, [
        created('refOrder'),
        failedNode('refLine0', {
          errorCode: 'FIELD_INTEGRITY_EXCEPTION',
          message: 'wrong entry',
          fields: [],
        }),
        failedNode('refLine1', halted),
      ]),
      request,
      profile,
      1,
    );
    expect(outcome).toEqual({
      kind: 'failed',
      errors: [
        { error: { code: 'FIELD_INTEGRITY_EXCEPTION', message: 'wrong entry', fields: [] }, lineIndex: 0 },
      ],
    });
  });

  it('blames no line when every node repeats the same cause', () => {
    const cause = { errorCode: 'STRING_TOO_LONG', message: 'too long', fields: ['Description'] };
    const outcome = readGraph(
      answer(
        false,
        ['refOrder', 'refLine0', 'refLine1'].map((reference) => failedNode(reference, cause)),
      ),
      request,
      profile,
      1,
    );
    expect(outcome).toMatchObject({ kind: 'failed', errors: [{ lineIndex: null }] });
  });

  it('gathers the several errors of one line', () => {
    const outcome = readGraph(
      answer(false, [
        failedNode('refOrder', halted),
        failedNode(
          'refLine1',
          { errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: 'a', fields: ['PricebookEntryId'] },
          { errorCode: 'REQUIRED_FIELD_MISSING', message: 'b', fields: ['PricebookEntryId'] },
        ),
      ]),
      request,
      profile,
      1,
    );
    expect(outcome).toMatchObject({ kind: 'failed', errors: [{ lineIndex: 1 }, { lineIndex: 1 }] });
  });

  it('reads the single entry of a graph that was too big', () => {
    const outcome = readGraph(
      answer(false, [
        failedNode(null, {
          errorCode: 'LIMIT_EXCEEDED',
          message: 'Limit of 500 reached for number of Nodes',
        }),
      ]),
      request,
      profile,
      1,
    );
    expect(outcome).toMatchObject({ kind: 'failed', errors: [{ error: { code: 'LIMIT_EXCEEDED' } }] });
  });
});

describe('outcomeOfErrors', () => {
  const unit = makeUnit(3);
  const at = (code: string, lineIndex: number | null = null, message = '') => ({
    error: { code, message, fields: [] },
    lineIndex,
  });

  it('puts a taken unique value before everything else', () => {
    expect(outcomeOfErrors([at('STRING_TOO_LONG', 0), at('DUPLICATE_VALUE')], unit).kind).toBe('duplicate');
  });

  it('stays behind by itself when a record was locked or the user may not write', () => {
    expect(outcomeOfErrors([at('STRING_TOO_LONG'), at('UNABLE_TO_LOCK_ROW')], unit)).toMatchObject({
      kind: 'stuck',
      problem: { code: 'org.recordLocked' },
    });
    expect(outcomeOfErrors([at('INSUFFICIENT_ACCESS_OR_READONLY')], unit)).toMatchObject({
      kind: 'stuck',
      problem: { class: 'setup' },
    });
  });

  it('waits as long as the quota asks', () => {
    const outcome = outcomeOfErrors([at('REQUEST_LIMIT_EXCEEDED', null, 'TotalRequests')], unit);
    expect(outcome).toMatchObject({ kind: 'notSent', retryAfterMs: 30 * 60_000 });
  });

  it('tells all that was refused, with line and SKU', () => {
    const outcome = outcomeOfErrors([at('FIELD_INTEGRITY_EXCEPTION', 1), at('STRING_TOO_LONG', 2)], unit);
    expect(outcome).toMatchObject({
      kind: 'refused',
      problems: [
        { code: 'order.refused', line: 2, params: { sku: 'SKU-2' } },
        { code: 'order.textTooLong', line: 3 },
      ],
    });
  });

  it('still has something to say when the org named no cause', () => {
    expect(outcomeOfErrors([], unit)).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'order.refused' }],
    });
  });
});
