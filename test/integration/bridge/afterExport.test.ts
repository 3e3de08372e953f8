import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrderDetail } from '../../../contract/export';
import type { Problem } from '../../../contract/problem';
import type { StoreOrder } from '../../../sandbox/store/order';
import { type Office, openDesk, openOffice } from '../../support/office';

let office: Office;
let order: StoreOrder;
let others: Office[];

beforeEach(async () => {
  office = await openOffice();
  others = [];
  order = office.sandbox.confirmOrders(10).find(({ lines }) => lines.length > 2) ?? missing();
});
afterEach(async () => {
  for (const other of others) await other.stop();
  await office.stop();
});

function missing(): never {
  throw new Error('no order of three lines');
}

const idOf = (number: string, { bridge }: Office = office): number => {
  const query = { states: [], changed: false, search: number, sort: 'newest', offset: 0, limit: 5 } as const;
  return bridge.book.list(query).rows.find((row) => row.number === number)?.id ?? 0;
};
const detail = (number = order.number): OrderDetail => office.bridge.book.get(idOf(number)) ?? missing();
const inOrg = (number = order.number) =>
  office.sandbox.org.orders().filter(({ storeOrder }) => storeOrder === number);
const changed = () => detail().difference;

async function exported(): Promise<void> {
  office.bridge.start();
  await office.until(() => office.count('exported') === 10);
}

/** One more of the first line, the second gone, a new one, another note. */
function edit(): StoreOrder {
  const [first, second, third] = order.lines;
  const edited = office.sandbox.editOrder(order.number, {
    quantities: { [String(first?.number)]: String(Number(first?.quantity) + 1) },
    remove: [second?.number ?? 0],
    add: [
      { sku: third?.sku ?? '', name: third?.name ?? '', unitPrice: third?.unitPrice ?? '', quantity: '7' },
    ],
    notes: 'Cambiado por teléfono',
  });
  return edited ?? missing();
}

async function editAfterExport(): Promise<StoreOrder> {
  await exported();
  const edited = edit();
  await office.until(() => changed() !== null);
  return edited;
}

const id = () => idOf(order.number);
const query = (soql: string) => office.sandbox.org.query(soql);
const problemsOf = (result: unknown): Problem['code'][] =>
  (JSON.stringify(result).match(/order\.[a-zA-Z]+/g) as Problem['code'][]) ?? [];

function setStatus(status: string): void {
  office.sandbox.org.core.db.run(`UPDATE "Order" SET "Status" = ?, "StatusCode" = ?`, status, 'Activated');
}

describe('an order that changes in the store before it is in the org', () => {
  it('goes out once, as it is now', async () => {
    const desk = openDesk(office.sandbox, () => ({ on: false, everyMinutes: 0, pausedUntil: null }));
    others.push(desk);
    desk.bridge.start();
    await desk.until(() => desk.count('pending') === 10);
    const edited = edit();
    await desk.until(() => desk.bridge.book.get(idOf(order.number, desk))?.order?.revision === 2);
    await desk.bridge.desk.sendAll(['pending']);
    await desk.until(() => desk.count('exported') === 10);
    expect(inOrg()).toHaveLength(1);
    expect(inOrg()[0]).toMatchObject({ totalAmount: edited.totals.total, description: edited.notes });
  });

  it('is held in sight when it was called off, and not sent', async () => {
    const desk = openDesk(office.sandbox, () => ({ on: false, everyMinutes: 0, pausedUntil: null }));
    others.push(desk);
    desk.bridge.start();
    await desk.until(() => desk.count('pending') === 10);
    office.sandbox.cancelOrder(order.number);
    await desk.until(() => desk.count('held') === 1);
    await desk.bridge.desk.sendAll(['pending', 'retrying']);
    await desk.until(() => desk.count('exported') === 9);
    expect(inOrg()).toEqual([]);
    expect(desk.bridge.book.get(idOf(order.number, desk))?.status).toMatchObject({
      state: 'held',
      rule: { code: 'cancelledInStore' },
    });
  });
});

describe('an order that changes in the store after it is in the org', () => {
  it('is shown with its difference, and nothing is overwritten', async () => {
    await exported();
    const before = inOrg();
    const calls = office.sandbox.org.core.apiCalls;
    edit();
    await office.until(() => changed() !== null);
    expect(changed()).toMatchObject({ kind: 'edited', seen: false });
    expect(changed()?.differences.length).toBeGreaterThan(2);
    expect(inOrg()).toEqual(before);
    expect(office.sandbox.org.core.apiCalls).toBe(calls);
    expect(office.bridge.book.changed()).toBe(1);
  });

  it('is made what the store says, to the cent, when a person sends the change', async () => {
    const edited = await editAfterExport();
    const [before] = inOrg();
    expect(await office.bridge.afterExport.sendChange(id(), false)).toEqual({
      ok: true,
      value: { kind: 'done' },
    });
    const [after] = inOrg();
    expect(inOrg()).toHaveLength(1);
    expect(after).toMatchObject({
      id: before?.id,
      orderNumber: before?.orderNumber,
      exportKey: before?.exportKey,
      buyer: before?.buyer,
      totalAmount: edited.totals.total,
      description: edited.notes,
    });
    expect(changed()).toBeNull();
    expect(detail().order?.revision).toBe(2);
    // And once more: what has been sent is what the next change is compared with.
    const again = office.sandbox.editOrder(order.number, { quantities: { 1: '1' } });
    await office.until(() => changed() !== null);
    expect(await office.bridge.afterExport.sendChange(id(), false)).toMatchObject({
      value: { kind: 'done' },
    });
    expect(inOrg()[0]?.totalAmount).toBe(again?.totals.total);
  });

  it('is not overwritten where a person has changed it in the org, unless they say so', async () => {
    const edited = await editAfterExport();
    const [line] = query(
      `SELECT Id FROM OrderItem WHERE Order.Puente_StoreOrder__c = '${order.number}' LIMIT 1`,
    );
    office.sandbox.org.core.db.run(
      'UPDATE "OrderItem" SET "Quantity" = 99 WHERE "Id" = ?',
      String(line?.['Id']),
    );
    const refused = await office.bridge.afterExport.sendChange(id(), false);
    expect(problemsOf(refused)).toContain('order.editedInOrg');
    expect(changed()).not.toBeNull();
    expect(await office.bridge.afterExport.sendChange(id(), true)).toMatchObject({ value: { kind: 'done' } });
    expect(inOrg()[0]?.totalAmount).toBe(edited.totals.total);
  });

  it('stays as it is once it is active in the org', async () => {
    await editAfterExport();
    const [active] = query("SELECT ApiName FROM OrderStatus WHERE StatusCode = 'Activated' LIMIT 1");
    setStatus(String(active?.['ApiName']));
    const before = inOrg();
    expect(problemsOf(await office.bridge.afterExport.sendChange(id(), true))).toContain('order.notDraft');
    expect(problemsOf(await office.bridge.afterExport.undo(id(), true))).toContain('order.notDraft');
    expect(inOrg()).toEqual(before);
    expect(detail().status.state).toBe('exported');
  });

  it('that is gone from the org is said to be', async () => {
    await editAfterExport();
    office.sandbox.org.core.db.run(`DELETE FROM "Order" WHERE "Puente_StoreOrder__c" = ?`, order.number);
    expect(problemsOf(await office.bridge.afterExport.sendChange(id(), false))).toContain(
      'order.goneFromOrg',
    );
  });

  it('is left alone when a person has seen it', async () => {
    await editAfterExport();
    const before = inOrg();
    const calls = office.sandbox.org.core.apiCalls;
    expect(await office.bridge.afterExport.markSeen([id()])).toBe(1);
    expect(changed()).toMatchObject({ seen: true });
    expect(office.bridge.book.changed()).toBe(0);
    expect(inOrg()).toEqual(before);
    expect(office.sandbox.org.core.apiCalls).toBe(calls);
  });

  it('is taken out of the org when it was called off and a person says so', async () => {
    await exported();
    office.sandbox.cancelOrder(order.number);
    await office.until(() => changed()?.kind === 'cancelled');
    expect(inOrg()).toHaveLength(1);
    expect(await office.bridge.afterExport.sendChange(id(), false)).toMatchObject({
      value: { kind: 'done' },
    });
    expect(inOrg()).toEqual([]);
    expect(detail().status).toMatchObject({ state: 'held', rule: { code: 'cancelledInStore' } });
  });

  it.each(['before', 'after'] as const)(
    'is settled when the answer is lost %s the org commits',
    async (phase) => {
      const edited = await editAfterExport();
      office.sandbox.faults.add({ target: 'org', path: 'composite/graph$', kind: 'drop', phase, times: 1 });
      expect((await office.bridge.afterExport.sendChange(id(), false)).ok).toBe(false);
      expect(changed()).not.toBeNull();
      expect(await office.bridge.afterExport.sendChange(id(), false)).toMatchObject({
        value: { kind: 'done' },
      });
      expect(inOrg()).toHaveLength(1);
      expect(inOrg()[0]).toMatchObject({ totalAmount: edited.totals.total });
      expect(changed()).toBeNull();
    },
  );
});

describe('undo', () => {
  it('takes the draft and its lines out; the buyer stays, and the order waits', async () => {
    await exported();
    const buyers = query('SELECT Id FROM Account').length;
    const lines = query('SELECT Id FROM OrderItem').length;
    expect(await office.bridge.afterExport.undo(id(), false)).toEqual({ ok: true, value: { kind: 'done' } });
    expect(inOrg()).toEqual([]);
    expect(query('SELECT Id FROM OrderItem').length).toBeLessThan(lines);
    expect(query('SELECT Id FROM Account')).toHaveLength(buyers);
    expect(detail().status).toMatchObject({ state: 'held', rule: { code: 'undone' } });
    // Nothing brings it back by itself; a person does, and it is there once.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(inOrg()).toEqual([]);
    await office.bridge.desk.release([id()]);
    await office.until(() => inOrg().length === 1 && detail().status.state === 'exported');
  });

  it('is not done over what a person has changed in the org, unless they say so', async () => {
    await exported();
    office.sandbox.org.core.db.run('UPDATE "OrderItem" SET "Quantity" = 99');
    expect(problemsOf(await office.bridge.afterExport.undo(id(), false))).toContain('order.editedInOrg');
    expect(inOrg()).toHaveLength(1);
    expect(detail().status.state).toBe('exported');
    expect(await office.bridge.afterExport.undo(id(), true)).toMatchObject({ value: { kind: 'done' } });
    expect(inOrg()).toEqual([]);
  });

  it.each([
    ['before', 'exported', 1],
    ['after', 'held', 0],
  ] as const)('whose answer is lost %s it is done is found out', async (phase, state, count) => {
    await exported();
    office.sandbox.faults.add({
      target: 'org',
      method: 'DELETE',
      path: 'sobjects/Order/',
      kind: 'drop',
      phase,
      times: 1,
    });
    await office.bridge.afterExport.undo(id(), false);
    await office.until(() => detail().status.state === state);
    expect(inOrg()).toHaveLength(count);
  });

  it('of an order that is gone already is done', async () => {
    await exported();
    office.sandbox.org.core.db.run(`DELETE FROM "Order" WHERE "Puente_StoreOrder__c" = ?`, order.number);
    expect(await office.bridge.afterExport.undo(id(), false)).toMatchObject({ value: { kind: 'done' } });
    expect(detail().status).toMatchObject({ state: 'held' });
  });
});
