import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import { createAlertServices } from '../../../main/alertServices';
import type { Notice } from '../../../main/engine/alerts/noticeRules';
import { type DemoRuntime, startDemo } from '../../../main/modes/demo';
import { systemClock } from '../../../main/systemClock';
import { createTexts } from '../../../main/texts';

/*
 * From a slot of the schedule to the people who have to hear of it: the whole demo with its mailbox, over a clock that can
 * be put forward.
 */

const quarterMs = 15 * 60_000;
let folder: string;
let ahead: number;
let notices: Notice[];
let told: number;
let demo: DemoRuntime;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'puente-schedule-'));
  ahead = 0;
  notices = [];
  told = 0;
  demo = await startDemo(
    {
      folder,
      announcer: { ordersChanged: () => undefined, linkChanged: () => undefined },
      onCatalog: () => undefined,
      onSchedule: () => {
        told += 1;
      },
      onLog: () => undefined,
      who: 'Lucía',
      report: (error) => console.error('unexpected:', error),
      clock: {
        now: () => systemClock.now() + ahead,
        sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 100), signal),
      },
      random: () => 0.5,
      automatic: () => ({ on: false, everyMinutes: 0, pausedUntil: null }),
      alerts: createAlertServices({
        texts: createTexts(),
        locale: () => 'es-AR',
        notify: (notice) => notices.push(notice),
        onMailChanged: () => undefined,
      }),
    },
    { folder, arrivals: null },
  );
});
afterEach(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

const log = () => demo.bridge.journal.list({ level: 'all', search: '', offset: 0, limit: 100 }).entries;
const mails = () => log().flatMap(({ event, params }) => (event === 'mail.sent' ? [params['subject']] : []));
const said = (event: string) => log().some((entry) => entry.event === event);

it('a plan that the guard stops reaches the administrator, the desktop and the status, and is over when a person decides', async () => {
  const { bridge, catalogRules } = demo;
  const rules = catalogRules.get();
  catalogRules.save({
    ...rules,
    guard: { ...rules.guard, missingPercent: decimalSchema.parse('0') },
    schedule: { ...rules.schedule, on: true, everyMinutes: 15 },
  });
  bridge.catalog?.scheduler.wake();
  await expect.poll(() => said('schedule.on'), { timeout: 10_000 }).toBe(true);

  ahead += quarterMs;
  await expect
    .poll(mails, { timeout: 20_000 })
    .toContain('Puente: la actualización automática de stock y precios necesita atención');
  expect(notices).toMatchObject([{ kind: 'schedule', matter: { kind: 'stopped' } }]);
  expect(bridge.scheduleHealth()).toMatchObject({ state: 'needsPerson', matter: { kind: 'stopped' } });
  expect(told).toBeGreaterThan(0);

  await bridge.catalog?.updates.cancel(bridge.catalog.updates.current()?.id ?? 0);
  expect(bridge.scheduleHealth()).toEqual({ state: 'well' });
  await expect.poll(mails, { timeout: 10_000 }).toContain('Puente: todo en orden otra vez');
});
