import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { ExportState } from '../../contract/export';
import type { Order } from '../../contract/order';
import { defaultRules } from '../../contract/rules';
import type { Link } from '../../contract/status';
import { createDesk } from '../../main/engine/orders/desk';
import { createExporter } from '../../main/engine/orders/exporter';
import { type Database, openDatabase } from '../../main/storage/database';
import { createJournal } from '../../main/storage/journalRepository';
import { createOrderBook } from '../../main/storage/orderBook';
import { createOutbox } from '../../main/storage/outbox/repository';
import { createFakeOrg } from './fakeOrg';
import { createVirtualClock } from './virtualClock';

let folder: string;
let open: Database[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-'));
});
afterEach(async () => {
  for (const database of open) await database.close();
  open = [];
  rmSync(folder, { recursive: true, force: true });
});

/** An exporter on a database of its own, over a fake org and a clock that tests move; ends with the test. */
export function openExporter(
  options: { file?: string; org?: ReturnType<typeof createFakeOrg>; automatic?: boolean } = {},
) {
  const database = openDatabase(join(folder, options.file ?? 'puente.db'));
  open.push(database);
  const clock = createVirtualClock();
  const org = options.org ?? createFakeOrg();
  const outbox = createOutbox(database, () => undefined);
  const journal = createJournal(database, () => undefined);
  const links: Link[] = [];
  const announcer = {
    ordersChanged: () => undefined,
    linkChanged: (_side: 'store' | 'org', link: Link) => links.push(link),
  };
  const settings = {
    identifier: 'WEB',
    automatic: { on: options.automatic ?? true, everyMinutes: 0, pausedUntil: null as number | null },
    rules: defaultRules,
    companies: [] as string[],
  };
  const shared = { outbox, org, journal, announcer, clock, settings: () => settings };
  const reported: unknown[] = [];
  const exporter = createExporter({
    ...shared,
    random: () => 0.5,
    onExported: () => undefined,
    report: (error) => reported.push(error),
  });
  const desk = createDesk({ ...shared, onSendRequested: exporter.tryNow });
  const book = createOrderBook(database);
  return {
    clock,
    org,
    outbox,
    journal,
    links,
    reported,
    settings,
    exporter,
    desk,
    book,
    takeIn: async (orders: Order[]) => {
      const items = orders.map((order) => ({ kind: 'order' as const, order, raw: '' }));
      const taken = await outbox.takeIn(items, { kind: 'file', fileName: 'orders.csv' }, clock.now());
      exporter.wake();
      return taken.added.map((one) => one.id);
    },
    state: (id: number): ExportState | undefined => book.get(id)?.status.state,
    /** Moves the clock until the condition holds; fails the test when it never does. */
    until: async (done: () => boolean) => {
      for (let turn = 0; turn < 400 && !done(); turn += 1) await clock.advance();
      expect(done()).toBe(true);
    },
    /** Moves the clock so many times, whatever happens. */
    turns: async (count: number) => {
      for (let turn = 0; turn < count; turn += 1) await clock.advance();
    },
  };
}
