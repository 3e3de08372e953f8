import { describe, expect, it } from 'vitest';
import { defaultRules, type HoldRules } from '../../../../contract/rules';
import { openExporter } from '../../../support/exporterAtWork';
import { makeOrder } from '../../../support/orders';

const holding = (hold: Partial<HoldRules>) => ({ ...defaultRules, hold: { ...defaultRules.hold, ...hold } });

function open(hold: Partial<HoldRules>) {
  const office = openExporter();
  office.settings.rules = holding(hold);
  office.exporter.start();
  return office;
}

const ruleOf = (office: ReturnType<typeof open>, id: number) => {
  const status = office.book.get(id)?.status;
  return status?.state === 'held' ? status.rule : undefined;
};

describe('an order that a rule holds', () => {
  it('waits in sight with its reason, sends nothing, and the others go', async () => {
    const office = open({ totalOver: makeOrder('x', { totals: totalOf('100') }).totals.total });
    const [small = 0, big = 0] = await office.takeIn([
      makeOrder('1001'),
      makeOrder('1002', { totals: totalOf('100.01') }),
    ]);
    await office.until(() => office.state(small) === 'exported' && office.state(big) === 'held');
    await office.exporter.stop();
    expect(ruleOf(office, big)).toEqual({
      code: 'totalOver',
      params: { total: '100.01', limit: '100', currency: 'ARS' },
    });
    expect(office.book.get(big)?.attempts).toEqual([]);
    const { entries } = office.journal.list({ level: 'all', search: '', offset: 0, limit: 20 });
    expect(entries.filter(({ orderId }) => orderId === big).map(({ event }) => event)).toContain(
      'order.heldByRule',
    );
  });

  it('goes once a person lets it, and is not held by the same rule again', async () => {
    const office = open({ withNotes: true });
    const [id = 0] = await office.takeIn([makeOrder('1001', { notes: 'llamar antes' })]);
    await office.until(() => office.state(id) === 'held');
    await office.desk.release([id]);
    await office.until(() => office.state(id) === 'exported');
    await office.exporter.stop();
    expect(office.org.committed).toHaveLength(1);
  });

  it('goes when a person sends it by hand', async () => {
    const office = open({ withNotes: true });
    const [id = 0] = await office.takeIn([makeOrder('1001', { notes: 'llamar antes' })]);
    await office.until(() => office.state(id) === 'held');
    await office.desk.sendNow([id]);
    await office.until(() => office.state(id) === 'exported');
    await office.exporter.stop();
  });

  it('goes by itself when the rule is gone; what a person holds stays', async () => {
    const office = open({ salesRepOrders: true });
    const [byRule = 0, byPerson = 0] = await office.takeIn([
      makeOrder('1001', { channel: 'sales-rep', salesRep: 'Marta' }),
      makeOrder('1002', { channel: 'sales-rep', salesRep: 'Marta' }),
    ]);
    await office.until(() => office.state(byRule) === 'held' && office.state(byPerson) === 'held');
    await office.desk.release([byPerson]);
    await office.desk.hold([byPerson], 'el cliente llamará');
    office.settings.rules = defaultRules;
    await office.outbox.judgeAnew(office.clock.now());
    office.exporter.wake();
    await office.until(() => office.state(byRule) === 'exported');
    await office.turns(5);
    await office.exporter.stop();
    expect(office.state(byPerson)).toBe('held');
  });

  it('is judged by its company, its day and its buyer, each with its own reason', async () => {
    const office = open({ newBuyers: true, confirmedFrom: '2026-11-01' });
    office.settings.companies = ['Norte'];
    const known = makeOrder('x').buyer;
    office.org.buyers.set(known.taxId.replaceAll('-', ''), 1);
    const ids = await office.takeIn([
      makeOrder('1001', { company: 'Norte' }),
      makeOrder('1002', { company: 'Sur' }),
      makeOrder('1003'),
      makeOrder('1004', { company: 'Norte', confirmedAt: '2026-10-31T23:59:00-03:00' }),
      makeOrder('1005', { company: ' norte ', buyer: { ...known, taxId: '20-12345678-6' } }),
    ]);
    await office.until(() => ids.every((id) => ['exported', 'held'].includes(office.state(id) ?? '')));
    await office.exporter.stop();
    expect(ids.map((id) => ruleOf(office, id)?.code)).toEqual([
      undefined,
      'company',
      'companyMissing',
      'confirmedBefore',
      'newBuyer',
    ]);
    expect(office.org.committed.map(({ orderNumber }) => orderNumber)).toEqual(['1001']);
  });
});

function totalOf(total: string) {
  return { lines: '20.00', discount: '0.00', shipping: '0.00', surcharge: '0.00', tax: '0.00', total };
}
