import { expect, it } from 'vitest';
import { problem } from '../../../../contract/problem';
import { createGate } from '../../../../main/engine/orders/gate';

function setUp() {
  const clock = { now: 1_000_000 };
  const told: string[] = [];
  const gate = createGate('org', {
    clock: { now: () => clock.now, sleep: async () => undefined },
    random: () => 1,
    journal: { record: async (entry) => void told.push(entry.event) },
    announcer: { ordersChanged: () => undefined, linkChanged: () => undefined },
  });
  return { gate, clock, told };
}

const unreachable = problem('org.unreachable');

it('waits longer every time that a try fails, and starts small again after an answer', async () => {
  const { gate, clock } = setUp();
  const waits: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    await gate.closed(unreachable);
    waits.push(gate.waitMs());
    clock.now += gate.waitMs();
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
  await gate.opened();
  await gate.closed(unreachable);
  expect(gate.waitMs()).toBe(1_000);
});

it('takes the calls that fail together for one failure', async () => {
  const { gate, told } = setUp();
  for (let call = 0; call < 4; call += 1) await gate.closed(unreachable);
  expect(gate.waitMs()).toBe(1_000);
  expect(told).toEqual(['org.down']);
});

it('keeps the longest wait, whichever call came back last', async () => {
  const { gate, clock, told } = setUp();
  await gate.closed(unreachable);
  await gate.closed(problem('org.dailyLimit'));
  await gate.closed(unreachable);
  expect(gate.waitMs()).toBe(15 * 60_000);
  expect(gate.link()).toMatchObject({ state: 'down', problem: { code: 'org.dailyLimit' } });
  await gate.closed(problem('org.signInRefused'));
  await gate.closed(unreachable, 90_000);
  expect(gate.waitMs()).toBe(Number.POSITIVE_INFINITY);
  expect(told).toEqual(['org.down', 'org.down', 'org.down']);
  clock.now += 1;
  gate.tryNow();
  expect(gate.waitMs()).toBe(0);
});

it('opens after the wait it was closed for, though the clock was set back meanwhile', async () => {
  const { gate, clock } = setUp();
  await gate.closed(unreachable, 5_000);
  clock.now -= 3 * 3_600_000;
  expect(gate.waitMs()).toBe(5_000);
  clock.now += 4_000;
  expect(gate.waitMs()).toBe(1_000);
  clock.now += 1_000;
  expect(gate.waitMs()).toBe(0);
});
