import { describe, expect, it } from 'vitest';
import { openExporter } from '../../../support/exporterAtWork';
import { makeOrder } from '../../../support/orders';

describe('an order that the org turns away for what is not in the order', () => {
  it('needs a person when others get through', async () => {
    const office = openExporter();
    office.org.behave = (unit) => (unit.orderNumber === '1001' ? 'noAccess' : 'ok');
    office.org.buyers.set(makeOrder('x').buyer.taxId.replaceAll('-', ''), 1);
    const [stuck = 0] = await office.takeIn([makeOrder('1001')]);
    office.exporter.start();
    await office.until(() => office.exporter.link().state === 'down');
    expect(office.state(stuck)).toBe('retrying');
    const others = await office.takeIn(Array.from({ length: 4 }, (_, index) => makeOrder(`${2000 + index}`)));
    await office.until(() => others.every((id) => office.state(id) === 'exported'));
    await office.until(() => office.state(stuck) === 'failed');
    await office.exporter.stop();
    expect(office.book.get(stuck)?.status).toMatchObject({ problems: [{ code: 'org.noAccess' }] });
    expect(office.exporter.link().state).toBe('up');
  });

  it('fails at once beside others of the same call that got through', async () => {
    const office = openExporter();
    office.org.behave = (unit) => (unit.orderNumber === '1001' ? 'noAccess' : 'ok');
    office.org.buyers.set(makeOrder('x').buyer.taxId.replaceAll('-', ''), 1);
    const ids = await office.takeIn(['1000', '1001', '1002'].map((number) => makeOrder(number)));
    office.exporter.start();
    await office.until(() => ids.every((id) => ['exported', 'failed'].includes(office.state(id) ?? '')));
    await office.exporter.stop();
    expect(ids.map((id) => office.state(id))).toEqual(['exported', 'failed', 'exported']);
    expect(office.links.some(({ state }) => state === 'down')).toBe(false);
  });

  it('waits with all the others while nobody gets through, and they go when it is set right', async () => {
    const office = openExporter();
    let allowed = false;
    office.org.behave = () => (allowed ? 'ok' : 'noAccess');
    office.org.buyers.set(makeOrder('x').buyer.taxId.replaceAll('-', ''), 1);
    const ids = await office.takeIn(Array.from({ length: 30 }, (_, index) => makeOrder(`${2000 + index}`)));
    office.exporter.start();
    const began = office.clock.now();
    while (office.clock.now() - began < 2 * 3_600_000) await office.clock.advance();
    expect(ids.filter((id) => office.state(id) === 'failed')).toEqual([]);
    expect(office.exporter.link()).toMatchObject({ state: 'down', problem: { code: 'org.noAccess' } });
    // A try costs a call; two hours of trouble are no reason for hundreds.
    expect(office.org.writes).toBeLessThan(60);
    allowed = true;
    await office.until(() => ids.every((id) => office.state(id) === 'exported'));
    await office.exporter.stop();
    expect(office.org.committed).toHaveLength(30);
  });
});
