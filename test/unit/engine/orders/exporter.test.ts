import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem } from '../../../../contract/problem';
import { openExporter } from '../../../support/exporterAtWork';
import { type Behaviour, createFakeOrg } from '../../../support/fakeOrg';
import { makeLine, makeOrder } from '../../../support/orders';

describe('exporter', () => {
  it('exports what is waiting and keeps the org number', async () => {
    const office = openExporter();
    const [id = 0] = await office.takeIn([makeOrder('1001')]);
    office.exporter.start();
    await office.until(() => office.state(id) === 'exported');
    await office.exporter.stop();
    expect(office.book.get(id)?.status).toMatchObject({ orgId: '801-WEB-1001', orgNumber: '1001' });
    expect(office.book.get(id)?.attempts).toMatchObject([{ kind: 'send', outcome: 'exported' }]);
    expect(office.org.committed).toHaveLength(1);
  });

  it('looks an order up whose answer was lost, and does not send it twice', async () => {
    const office = openExporter();
    let first = true;
    office.org.behave = () => {
      const behaviour = first ? 'lostAfter' : 'ok';
      first = false;
      return behaviour;
    };
    const [id = 0] = await office.takeIn([makeOrder('1001')]);
    office.exporter.start();
    await office.until(() => office.state(id) === 'exported');
    await office.exporter.stop();
    expect(office.org.writes).toBe(1);
    expect(office.org.committed).toHaveLength(1);
    const attempts = office.book.get(id)?.attempts.map((one) => [one.kind, one.outcome]);
    expect(attempts).toEqual([
      ['send', 'answerLost'],
      ['lookUp', 'exported'],
    ]);
  });

  it('sends an order again that was lost on the way there', async () => {
    const office = openExporter();
    office.org.behave = () => (office.org.writes === 1 ? 'lostBefore' : 'ok');
    const [id = 0] = await office.takeIn([makeOrder('1001')]);
    office.exporter.start();
    await office.until(() => office.state(id) === 'exported');
    await office.exporter.stop();
    expect(office.org.writes).toBe(2);
    expect(office.org.committed).toHaveLength(1);
  });

  it('settles an order that the program died over', async () => {
    const office = openExporter();
    const [id = 0, other = 0] = await office.takeIn([makeOrder('1001'), makeOrder('1002')]);
    await office.outbox.beginSends(
      [id, other].map((one) => ({ id: one, exportKey: `WEB-100${one}`, identifier: 'WEB', lines: [] })),
      office.clock.now(),
    );
    expect(office.state(id)).toBe('sending');
    // One of the two had reached the org when the program died.
    const before = createFakeOrg();
    const outcome = openExporter({ file: 'elsewhere.db', org: before });
    await outcome.takeIn([makeOrder('1001')]);
    outcome.exporter.start();
    await outcome.until(() => before.committed.length === 1);
    await outcome.exporter.stop();
    office.org.committed.push(...before.committed);

    office.exporter.start();
    await office.until(() => office.state(id) === 'exported' && office.state(other) === 'exported');
    await office.exporter.stop();
    expect(office.org.committed.map((unit) => unit.orderNumber).sort()).toEqual(['1001', '1002']);
    expect(office.book.get(id)?.attempts[0]).toMatchObject({ outcome: 'interrupted' });
  });

  it('tells everything that stands in the way of an order at once, and sends nothing of it', async () => {
    const office = openExporter();
    office.org.missing.add('X').add('Y');
    const order = makeOrder('1001', {
      lines: [makeLine(1, 'X', '1', '10.00'), makeLine(2, 'Y', '1', '5.00'), makeLine(3, 'A-1', '1', '5.00')],
    });
    const [id = 0] = await office.takeIn([{ ...order, buyer: { ...order.buyer, taxId: '30-71234567-9' } }]);
    office.exporter.start();
    await office.until(() => office.state(id) === 'failed');
    await office.exporter.stop();
    const status = office.book.get(id)?.status;
    const problems = status?.state === 'failed' ? status.problems : [];
    expect(problems.map((one) => one.code).sort()).toEqual(['order.skuNotInPriceBook', 'order.taxIdInvalid']);
    expect(problems.find((one) => one.code === 'order.skuNotInPriceBook')?.params).toMatchObject({
      sku: 'X, Y',
    });
    expect(office.org.writes).toBe(0);
  });

  it('goes on after a failure that nobody expected, wherever it strikes', async () => {
    const methods = ['due', 'beginSends', 'finish', 'recover'] as const;
    for (const method of methods) {
      const office = openExporter({ file: `${method}.db` });
      const [id = 0] = await office.takeIn([makeOrder('1001')]);
      const works = office.outbox[method];
      Object.assign(office.outbox, {
        [method]: () => {
          Object.assign(office.outbox, { [method]: works });
          return Promise.reject(new Error('disk full'));
        },
      });
      office.exporter.start();
      await office.until(() => office.state(id) === 'exported');
      await office.exporter.stop();
      expect(office.reported, method).toHaveLength(1);
      expect(office.org.committed, method).toHaveLength(1);
    }
  });

  it('overlooks no order that comes due while the queue is being asked', async () => {
    const office = openExporter();
    office.org.behave = () => (office.org.writes === 2 ? 'lostBefore' : 'ok');
    const [first = 0] = await office.takeIn([makeOrder('1000')]);
    office.exporter.start();
    await office.until(() => office.state(first) === 'exported');
    const [id = 0] = await office.takeIn([makeOrder('1001')]);
    const ask = office.outbox.due;
    office.outbox.due = async (...args) => {
      const found = await ask(...args);
      if (office.state(id) === 'unknown' && found.length === 0) office.clock.pass(60_000);
      return found;
    };
    await office.until(() => office.state(id) === 'exported');
    await office.exporter.stop();
  });

  it('does not let a refused order hold up the others', async () => {
    const office = openExporter();
    office.org.behave = (unit) => (unit.orderNumber === '1001' ? 'refused' : 'ok');
    const ids = await office.takeIn([makeOrder('1001'), makeOrder('1002'), makeOrder('1003')]);
    office.exporter.start();
    await office.until(() => ids.every((id) => ['exported', 'failed'].includes(office.state(id) ?? '')));
    await office.exporter.stop();
    expect(ids.map((id) => office.state(id))).toEqual(['failed', 'exported', 'exported']);
  });

  it('shows an order to a person that gets nowhere while others get through', async () => {
    const office = openExporter();
    office.org.behave = (unit) => (unit.orderNumber === '1001' ? 'unavailable' : 'ok');
    const [stuck = 0] = await office.takeIn([makeOrder('1001')]);
    const others = await office.takeIn(Array.from({ length: 5 }, (_, index) => makeOrder(`${2000 + index}`)));
    office.exporter.start();
    await office.until(() => office.state(stuck) === 'failed');
    expect(others.map((id) => office.state(id))).toEqual(others.map(() => 'exported'));
    expect(office.book.get(stuck)?.status).toMatchObject({ problems: [{ code: 'org.unavailable' }] });
    const sends = office.book.get(stuck)?.attempts.filter((one) => one.kind === 'send') ?? [];
    expect(sends.length).toBeGreaterThanOrEqual(10);
    expect(office.clock.now() - (sends[0]?.startedAt ?? 0)).toBeLessThan(40 * 60_000);
    office.org.behave = () => 'ok';
    await office.desk.sendNow([stuck]);
    await office.until(() => office.state(stuck) === 'exported');
    await office.exporter.stop();
    expect(office.org.committed).toHaveLength(6);
  });

  it('shows an order to a person that gets nowhere alone, though the org answers questions', async () => {
    const office = openExporter();
    office.org.behave = () => 'unavailable';
    const [id = 0] = await office.takeIn([makeOrder('1001')]);
    office.exporter.start();
    await office.until(() => office.state(id) === 'failed');
    await office.exporter.stop();
  });

  it('lets every order wait, however long, while the org answers questions and takes no order', async () => {
    const office = openExporter();
    let writable = false;
    office.org.behave = () => (writable ? 'ok' : 'unavailable');
    const numbers = Array.from({ length: 5 }, (_, index) => `${2000 + index}`);
    office.org.buyers.set(makeOrder('1').buyer.taxId, 1);
    const ids = await office.takeIn(numbers.map((number) => makeOrder(number)));
    office.exporter.start();
    const began = office.clock.now();
    while (office.clock.now() - began < 3 * 3_600_000) await office.clock.advance();
    expect(ids.map((id) => office.state(id)).filter((state) => state === 'failed')).toEqual([]);
    expect(office.exporter.link()).toMatchObject({ state: 'down', problem: { code: 'org.unavailable' } });
    const downs = office.journal
      .list({ level: 'error', search: '', offset: 0, limit: 500 })
      .entries.filter((entry) => entry.event === 'org.down');
    expect(downs).toHaveLength(1);
    writable = true;
    await office.until(() => ids.every((id) => office.state(id) === 'exported'));
    await office.exporter.stop();
    expect(office.exporter.link()).toMatchObject({ state: 'up' });
    expect(office.org.committed).toHaveLength(5);
  });

  it('waits as a whole while the org is down, and goes on by itself', async () => {
    const office = openExporter();
    let down = true;
    office.org.behave = () => (down ? 'down' : 'ok');
    const ids = await office.takeIn(Array.from({ length: 20 }, (_, index) => makeOrder(`${2000 + index}`)));
    office.exporter.start();
    await office.turns(6);
    // Far fewer tries than orders: the queue waits, not each order by itself.
    expect(office.org.writes).toBeLessThan(20);
    expect(ids.map((id) => office.state(id))).toEqual(ids.map(() => 'pending'));
    expect(office.exporter.link()).toMatchObject({ state: 'down', problem: { code: 'org.unreachable' } });
    down = false;
    await office.until(() => ids.every((id) => office.state(id) === 'exported'));
    await office.exporter.stop();
    expect(office.org.committed).toHaveLength(20);
    const entries = office.journal.list({ level: 'error', search: '', offset: 0, limit: 50 }).entries;
    expect(entries.filter((entry) => entry.event === 'org.down')).toHaveLength(1);
  });

  it('tries nothing while the sign-in is refused, and goes on when asked', async () => {
    const office = openExporter();
    office.org.lookUpsFail = problem('org.wrongCredentials');
    const [id = 0] = await office.takeIn([makeOrder('1001')]);
    office.exporter.start();
    await office.turns(30);
    expect(office.state(id)).toBe('pending');
    expect(office.exporter.link()).toMatchObject({ state: 'down', nextTryAt: null });
    office.org.lookUpsFail = null;
    office.exporter.tryNow();
    await office.until(() => office.state(id) === 'exported');
    await office.exporter.stop();
  });

  it('sends only what people ask for while automatic export is off', async () => {
    const office = openExporter({ automatic: false });
    const [first = 0, second = 0] = await office.takeIn([makeOrder('1001'), makeOrder('1002')]);
    office.exporter.start();
    await office.turns(5);
    expect([office.state(first), office.state(second)]).toEqual(['pending', 'pending']);
    await office.desk.sendNow([second]);
    await office.until(() => office.state(second) === 'exported');
    await office.exporter.stop();
    expect(office.state(first)).toBe('pending');
    expect(office.book.get(second)?.attempts[0]?.trigger).toBe('person');
  });

  it('makes a new buyer once, however many orders it has', async () => {
    const office = openExporter();
    const ids = await office.takeIn(Array.from({ length: 12 }, (_, index) => makeOrder(`${3000 + index}`)));
    office.exporter.start();
    await office.until(() => ids.every((id) => office.state(id) === 'exported'));
    await office.exporter.stop();
    expect(office.org.buyers.size).toBe(1);
    expect(office.org.committed.filter((unit) => unit.buyer.kind === 'new')).toHaveLength(1);
  });

  it('asks first where another desktop has sent the same orders, and spends few calls on them', async () => {
    const org = createFakeOrg();
    org.buyers.set(makeOrder('x').buyer.taxId.replaceAll('-', ''), 1);
    const orders = Array.from({ length: 900 }, (_, index) => makeOrder(`${5000 + index}`));
    const colleague = openExporter({ file: 'colleague.db', org });
    const theirs = await colleague.takeIn(orders);
    colleague.exporter.start();
    await colleague.until(() => theirs.every((id) => colleague.state(id) === 'exported'));
    await colleague.exporter.stop();
    const office = openExporter({ org });
    const ids = await office.takeIn(orders);
    const writes = org.writes;
    office.exporter.start();
    await office.until(() => ids.every((id) => office.state(id) === 'exported'));
    await office.exporter.stop();
    // The first batch learns it from its duplicates.
    expect(org.writes - writes).toBeLessThanOrEqual(4);
    expect(org.committed).toHaveLength(900);
    const last = office.book.get(ids.at(-1) ?? 0);
    expect(last?.attempts.map(({ kind, outcome }) => [kind, outcome])).toEqual([['lookUp', 'exported']]);
  });

  it('exports every order exactly once under any mix of faults and restarts', async () => {
    const behaviours: Behaviour[] = ['ok', 'lostAfter', 'lostBefore', 'locked', 'down', 'quota'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...behaviours), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 6 }),
        async (script, count, restartAfter) => {
          const file = `run-${Math.random().toString(36).slice(2)}.db`;
          const org = createFakeOrg();
          org.behave = () => script[org.writes - 1] ?? 'ok';
          const numbers = Array.from({ length: count }, (_, index) => `${4000 + index}`);
          const office = openExporter({ file, org });
          const ids = await office.takeIn(numbers.map((number) => makeOrder(number)));
          office.exporter.start();
          await office.turns(restartAfter);
          await office.exporter.stop();
          // A desktop that starts anew on the same file, and another one that has the same orders.
          const again = openExporter({ file, org });
          const colleague = openExporter({ file: `${file}-2`, org });
          const theirs = await colleague.takeIn(numbers.map((number) => makeOrder(number)));
          again.exporter.start();
          colleague.exporter.start();
          const finished = () =>
            ids.every((id) => again.state(id) === 'exported') &&
            theirs.every((id) => colleague.state(id) === 'exported');
          for (let turn = 0; turn < 400 && !finished(); turn += 1) {
            await again.clock.advance();
            await colleague.clock.advance();
            // What has been tried in vain for long is shown to a person, who asks again.
            for (const { desk } of [again, colleague]) await desk.sendAll(['failed']);
          }
          expect(finished()).toBe(true);
          await again.exporter.stop();
          await colleague.exporter.stop();
          expect(org.committed.map((unit) => unit.orderNumber).sort()).toEqual(numbers);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});
