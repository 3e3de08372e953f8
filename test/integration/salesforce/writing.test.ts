import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NewBuyer, OrderUnit } from '../../../main/engine/ports';
import { startHttpServer } from '../../support/httpServer';
import { noSignal, type OrgAtWork, startOrgAtWork, unitFor } from '../../support/sandboxOrg';
import { decimal, makeUnitLine, writeOne } from '../../support/units';

let at: OrgAtWork;
beforeEach(async () => {
  at = await startOrgAtWork();
});
afterEach(() => at.stop());

const newBuyer: NewBuyer = {
  name: "Almacén O'Higgins & Hijos",
  taxId: '20123456786',
  vatStatus: 'monotributo',
  address: {
    street: 'San Martín 1',
    city: 'Mendoza',
    province: 'Mendoza',
    postalCode: '5500',
    country: 'Argentina',
  },
  phone: '261 555-0100',
  email: 'compras@example.com',
};

const orders = () => at.sandbox.org.orders();
const write = (unit: OrderUnit) => writeOne(at.org, unit);

describe('writing an order', () => {
  it('puts it in the org exactly as it was, with the org’s number in the answer', async () => {
    const unit = await unitFor(at, 2, {
      notes: 'Entregar de 8 a 13 «sin falta»',
      company: 'Norte',
      delivery: newBuyer.address,
    });
    const [first, second] = unit.lines;
    if (first === undefined || second === undefined) throw new Error('lines');
    const exact: OrderUnit = {
      ...unit,
      lines: [
        { ...first, quantity: decimal('7'), unitPrice: decimal('0.07'), discountPercent: decimal('12.5') },
        { ...second, quantity: decimal('1.5'), unitPrice: decimal('99999999.99'), note: 'línea "dos"' },
      ],
    };
    const outcome = await write(exact);
    const [order] = orders();
    expect(outcome).toEqual({
      kind: 'written',
      orgId: order?.id,
      orgNumber: order?.orderNumber,
      buyerMade: false,
    });
    expect(order).toMatchObject({
      status: 'Draft',
      effectiveDate: '2026-11-20',
      exportKey: 'PAGINAWEB-1001',
      identifier: 'PAGINAWEB',
      storeOrder: '1001',
      paymentTerms: '30 días',
      company: 'Norte',
      description: 'Entregar de 8 a 13 «sin falta»',
      totalAmount: '150000000.48',
      lines: [
        { quantity: '7.00', unitPrice: '0.07', discountPercent: '12.50', lineKey: 'PAGINAWEB-1001-1' },
        { quantity: '1.50', unitPrice: '99999999.99', description: 'línea "dos"' },
      ],
    });
  });

  it('makes the buyer with it, all or nothing', async () => {
    const buyer = { kind: 'new', record: newBuyer } as const;
    const unit = await unitFor(at, 2, { buyer });
    expect((await write(unit)).kind).toBe('written');
    expect(orders()[0]?.buyer).toMatchObject({ name: newBuyer.name, taxId: newBuyer.taxId });
    const [account] = at.rows(
      `SELECT Puente_VatStatus__c, BillingCity FROM Account WHERE Puente_TaxId__c = '${newBuyer.taxId}'`,
    );
    expect(account).toMatchObject({ Puente_VatStatus__c: 'monotributo', BillingCity: 'Mendoza' });

    const other = { ...newBuyer, taxId: '27999999990' };
    const broken = await unitFor(at, 1, {
      exportKey: 'PAGINAWEB-1002',
      buyer: { kind: 'new', record: other },
      lines: [makeUnitLine(1, 'PAGINAWEB-1002', { entryId: '01u000000000000AAA' })],
    });
    expect((await write(broken)).kind).toBe('refused');
    expect(at.rows(`SELECT Id FROM Account WHERE Puente_TaxId__c = '${other.taxId}'`)).toEqual([]);
    expect(orders()).toHaveLength(1);
  });

  it('sent twice is told to be a duplicate and is there once', async () => {
    const unit = await unitFor(at, 3);
    expect((await write(unit)).kind).toBe('written');
    expect((await write(unit)).kind).toBe('duplicate');
    expect(orders()).toHaveLength(1);
  });

  it('sent twice at the same time is there once', async () => {
    const unit = await unitFor(at, 3);
    const outcomes = await Promise.all([write(unit), write(unit), write(unit)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['duplicate', 'duplicate', 'written']);
    expect(orders()).toHaveLength(1);
  });

  it('for a buyer that someone else has made meanwhile is a duplicate, and nothing is written', async () => {
    const buyer = { kind: 'new', record: newBuyer } as const;
    expect((await write(await unitFor(at, 1, { buyer }))).kind).toBe('written');
    const second = await unitFor(at, 1, { buyer, exportKey: 'PAGINAWEB-1002' });
    expect((await write(second)).kind).toBe('duplicate');
    expect(orders()).toHaveLength(1);
  });

  it.each(['repeat', 'halted'] as const)(
    'that a rule of the org refuses tells the rule’s own words (errors: %s)',
    async (graphErrors) => {
      at.sandbox.org.setSwitches({ graphErrors });
      const { core } = at.sandbox.org;
      core.db.run('UPDATE "Account" SET "Bloqueado__c" = 1');
      const [account] = at.rows('SELECT Id, Name, Puente_TaxId__c FROM Account LIMIT 1');
      core.db.run('UPDATE "Account" SET "Bloqueado__c" = 0 WHERE "Id" != ?', String(account?.['Id']));
      const unit = await unitFor(at, 2, {
        buyer: { kind: 'existing', id: String(account?.['Id']), name: 'x', taxId: 'x' },
      });
      const outcome = await write(unit);
      expect(outcome).toMatchObject({
        kind: 'refused',
        problems: [
          {
            code: 'order.refusedByRule',
            params: { message: expect.stringContaining('bloqueada por Cobranzas') },
          },
        ],
      });
      expect(orders()).toHaveLength(0);
    },
  );

  it('with one bad line names the line where the org does', async () => {
    at.sandbox.org.setSwitches({ graphErrors: 'halted' });
    const unit = await unitFor(at, 3);
    const lines = unit.lines.map((line, index) => (index === 1 ? { ...line, note: 'x'.repeat(256) } : line));
    expect(await write({ ...unit, lines })).toMatchObject({
      kind: 'refused',
      problems: [
        { code: 'order.textTooLong', line: 2, params: { sku: lines[1]?.sku, field: 'Description' } },
      ],
    });
    expect(orders()).toHaveLength(0);
  });

  it('with an entry of another price book is refused, and the entry is looked up anew afterwards', async () => {
    at.settings.warehouse = 'AVE';
    const unit = await unitFor(at, 1);
    const [standard] = at.rows('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
    const outcome = await write({ ...unit, priceBookId: String(standard?.['Id']) });
    expect(outcome).toMatchObject({ kind: 'refused', problems: [{ class: 'data' }, {}] });
    const before = at.calls();
    await at.org.lookUpPrices([unit.lines[0]?.sku ?? ''], noSignal);
    expect(at.calls()).toBeGreaterThan(before);
  });

  it('waits when a field is not deployed: that is nobody’s order’s fault', async () => {
    at.sandbox.org.setFields({ missing: ['Order.Puente_Identifier__c'], notUnique: [], hidden: [] });
    expect(await write(await unitFor(at, 1))).toMatchObject({
      kind: 'stuck',
      problem: { code: 'org.fieldMissing', class: 'setup' },
    });
  });

  it('uses the org’s own word for a draft', async () => {
    await at.stop();
    at = await startOrgAtWork(
      {},
      {
        org: {
          orderStatuses: [
            { apiName: 'Ingresado', label: 'Ingresado', statusCode: 'Draft', isDefault: false },
            { apiName: 'Borrador', label: 'Borrador', statusCode: 'Draft', isDefault: true },
            { apiName: 'Aprobado', label: 'Aprobado', statusCode: 'Activated', isDefault: false },
          ],
        },
      },
    );
    await write(await unitFor(at, 1));
    expect(orders()[0]?.status).toBe('Borrador');
  });
});

describe('an answer that is lost', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('%s the org has committed is found out by the key', async (phase, count) => {
    const unit = await unitFor(at, 5);
    at.sandbox.faults.add({ target: 'org', path: 'composite/graph', kind: 'drop', phase, times: 1 });
    expect((await write(unit)).kind).toBe('answerLost');
    const found = await at.org.find([unit.exportKey], noSignal);
    expect(found.ok && found.value.size).toBe(count);
    if (phase === 'after')
      expect(found.ok && found.value.get(unit.exportKey)).toEqual({
        orgId: orders()[0]?.id,
        orgNumber: orders()[0]?.orderNumber,
        lineCount: 5,
        total: '61.75',
      });
    expect((await write(unit)).kind).toBe(phase === 'after' ? 'duplicate' : 'written');
    expect(orders()).toHaveLength(1);
  });

  it.each([
    [
      'a 503 page',
      { kind: 'status', status: 503, body: '<html>', contentType: 'text/html' },
      'org.unavailable',
    ],
    ['cut-off JSON', { kind: 'truncate' }, null],
    ['a 504', { kind: 'status', status: 504 }, 'org.unavailable'],
  ] as const)('as %s leaves a doubt, never a second order', async (_name, fault, code) => {
    const unit = await unitFor(at, 2);
    at.sandbox.faults.add({ target: 'org', path: 'composite/graph', phase: 'after', times: 1, ...fault });
    const outcome = await write(unit);
    expect(outcome.kind).toBe('answerLost');
    if (code !== null) expect(outcome).toMatchObject({ problem: { code } });
    expect((await write(unit)).kind).toBe('duplicate');
    expect(orders()).toHaveLength(1);
  });

  it('in time is a doubt as well', async () => {
    await at.stop();
    at = await startOrgAtWork({ timeouts: { token: 2_000, read: 2_000, write: 100 } });
    const unit = await unitFor(at, 2);
    at.sandbox.faults.add({
      target: 'org',
      path: 'composite/graph',
      phase: 'after',
      kind: 'delay',
      ms: 3_000,
      times: 1,
    });
    expect(await write(unit)).toMatchObject({ kind: 'answerLost', problem: { code: 'org.timeout' } });
    const found = await at.org.find([unit.exportKey], noSignal);
    expect(found.ok && found.value.size).toBe(1);
  });

  it('whose request arrives after it has been sent again is there once', async () => {
    await at.stop();
    at = await startOrgAtWork({ timeouts: { token: 2_000, read: 2_000, write: 1_000 } });
    const unit = await unitFor(at, 2);
    const late = at.sandbox.faults.add({
      target: 'org',
      path: 'composite/graph',
      phase: 'before',
      kind: 'delay',
      ms: 2_500,
      times: 1,
    });
    const sent = Date.now();
    expect((await write(unit)).kind).toBe('answerLost');
    const absent = await at.org.find([unit.exportKey], noSignal);
    expect(absent.ok && absent.value.size).toBe(0);
    expect((await write(unit)).kind).toBe('written');
    // The first request takes effect now, and its unique key stops it.
    const struck = () => at.sandbox.faults.report().find(({ id }) => id === late.id)?.struck ?? 0;
    await vi.waitUntil(() => Date.now() - sent > 3_000, { timeout: 5_000 });
    expect(struck()).toBe(1);
    expect(orders()).toHaveLength(1);
  });

  it('is no doubt when the session had expired: that request did nothing', async () => {
    const unit = await unitFor(at, 2);
    at.sandbox.org.expireSessions();
    expect((await write(unit)).kind).toBe('written');
    expect(orders()).toHaveLength(1);
  });

  it('is no doubt when there was no connection or no call left', async () => {
    const unit = await unitFor(at, 2);
    at.sandbox.org.setSwitches({ dailyApiLimit: 0 });
    expect(await write(unit)).toMatchObject({ kind: 'notSent', problem: { class: 'quota' } });
    const closed = await startHttpServer(() => {});
    at.settings.loginUrl = closed.url;
    await closed.stop();
    at.org.reset();
    expect(await write(unit)).toMatchObject({ kind: 'notSent', problem: { code: 'org.unreachable' } });
    expect(orders()).toHaveLength(0);
  });
});

describe('finding orders', () => {
  it('answers for many keys at once, exactly as they are written', async () => {
    for (const number of [1, 2, 3])
      await write(await unitFor(at, number, { exportKey: `PAGINAWEB-A${number}` }));
    const keys = Array.from({ length: 1_000 }, (_unused, index) => `PAGINAWEB-none-${index}`);
    const found = await at.org.find([...keys, 'PAGINAWEB-A1', 'PAGINAWEB-a2', 'PAGINAWEB-A3', ''], noSignal);
    expect(found.ok && [...found.value].map(([key, { lineCount }]) => [key, lineCount])).toEqual([
      ['PAGINAWEB-A1', 1],
      ['PAGINAWEB-A3', 3],
    ]);
  });
});

describe('a long order', () => {
  it.each([498, 499, 1_000, 1_200, 5_000])('of %i lines comes to the org whole', async (count) => {
    const unit = await unitFor(at, count, { buyer: { kind: 'new', record: newBuyer } });
    expect(await write(unit)).toMatchObject({ kind: 'written', orgNumber: expect.any(String) });
    expect(orders()[0]?.lines).toHaveLength(count);
    expect(new Set(orders()[0]?.lines.map((line) => line.lineKey)).size).toBe(count);
  });

  it('is completed by writing again, however often its answers are lost', async () => {
    const unit = await unitFor(at, 1_200);
    at.sandbox.faults.add({
      target: 'org',
      method: 'POST',
      path: 'composite/',
      phase: 'after',
      kind: 'drop',
      chance: 0.5,
      seed: 3,
    });
    const kinds: string[] = [];
    do kinds.push((await write(unit)).kind);
    while (kinds.at(-1) === 'answerLost' && kinds.length < 20);
    expect(kinds.length).toBeGreaterThan(1);
    expect(kinds.at(-1)).toBe('written');
    expect(orders()).toHaveLength(1);
    expect(orders()[0]?.lines).toHaveLength(1_200);
  });

  it('of more lines than a page of a query is completed too', async () => {
    const unit = await unitFor(at, 2_600);
    at.sandbox.faults.add({
      target: 'org',
      path: 'composite/sobjects',
      phase: 'after',
      kind: 'drop',
      nth: 11,
    });
    expect((await write(unit)).kind).toBe('answerLost');
    expect((await write(unit)).kind).toBe('written');
    expect(orders()[0]?.lines).toHaveLength(2_600);
  });

  it('is taken back when one of its later lines is refused', async () => {
    const unit = await unitFor(at, 700);
    const lines = unit.lines.map((line, index) =>
      index === 600 ? { ...line, note: 'x'.repeat(256) } : line,
    );
    expect(await write({ ...unit, lines })).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'order.textTooLong', line: 601 }],
    });
    expect(orders()).toHaveLength(0);
  });
});

describe('what will be sent', () => {
  it('is shown in the org’s names before it goes', async () => {
    const unit = await unitFor(at, 1, { buyer: { kind: 'new', record: newBuyer } });
    const shown = await at.org.outgoing(unit);
    expect(shown.ok && shown.value.map(({ object, action }) => `${action} ${object}`)).toEqual([
      'create Account',
      'create Order',
      'create OrderItem',
    ]);
    expect(shown.ok && shown.value[1]?.fields).toContainEqual({
      name: 'Puente_ExportKey__c',
      value: 'PAGINAWEB-1001',
    });
    expect(orders()).toHaveLength(0);
  });
});
