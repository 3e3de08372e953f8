import { catalogMappingSchema } from '../contract/catalogFile';
import { importMappingSchema } from '../contract/import';
import { type Automatic, isPaused } from '../contract/settings';
import type { Link, LogEntry, StateCounts } from '../contract/status';
import { type AlertsOptions, createAlerts } from './alerts';
import { type CatalogParts, createCatalog } from './catalog';
import { createCatalogByFile } from './catalogByFile';
import type { ScheduleHealth } from './engine/catalog/scheduleHealth';
import { argentineDefaults } from './engine/import/mapping/suggest';
import { createAfterExport } from './engine/orders/afterExport';
import { createDesk } from './engine/orders/desk';
import { createExporter } from './engine/orders/exporter';
import { createFileIntake } from './engine/orders/fileIntake';
import { createIntake } from './engine/orders/intake';
import { createMarker } from './engine/orders/marker';
import type { Outbox } from './engine/orders/outbox';
import type { ExportSettings } from './engine/orders/settings';
import type { Announcer, Clock, Org, Random, Store } from './engine/ports';
import { type Database, openDatabase } from './storage/database';
import { createJournal } from './storage/journalRepository';
import { createMappings } from './storage/mappingRepository';
import { createOpenOrders } from './storage/openOrders';
import { createOrderBook } from './storage/orderBook';
import { createOutbox } from './storage/outbox/repository';
import { createImportSession } from './ventasxmayor/spreadsheet/session';

export interface BridgeOptions {
  databasePath: string;
  org: Org;
  /** Null where orders come from files only. `feed` names the store in the database. */
  store: { port: Store; feed: string } | null;
  settings: () => ExportSettings;
  announcer: Announcer;
  onLog: (lastId: number) => void;
  /** Hears of what nobody expected; the work goes on all the same. */
  report: (error: unknown) => void;
  clock: Clock;
  random: Random;
  /** Nobody is told of anything without them. */
  alerts?: AlertsOptions;
  /** Stock and prices by the store's API; none where there is no store to write them into. */
  catalog?: CatalogParts;
  /** Stock and prices by files, beside the API or in its place. */
  catalogByFile?: Omit<CatalogParts, 'store' | 'choice' | 'healthChanged'>;
}

/** The engine with its database, at work between one store and one org. Knows no window. */
export function createBridge(options: BridgeOptions) {
  const database: Database = openDatabase(options.databasePath);
  function recorded(entries: readonly LogEntry[]): void {
    const last = entries.at(-1);
    if (last !== undefined) options.onLog(last.id);
    alerts?.heard(entries);
  }
  const outbox: Outbox = createOutbox(database, recorded);
  const journal = createJournal(database, recorded);
  const book = createOrderBook(database);
  const links = (): { store: Link; org: Link } => ({
    store: intake?.link() ?? { state: 'off' },
    org: exporter.link(),
  });
  const conditions = () => ({ links: links(), schedule: scheduleHealth() });
  const alerts = options.alerts
    ? createAlerts({ ...options, ...options.alerts, database, journal, book, conditions })
    : null;
  const announcer = alerts?.follow(options.announcer) ?? options.announcer;
  const shared = { ...options, announcer, outbox, journal };

  const marker = options.store === null ? null : createMarker({ ...shared, store: options.store.port });
  const exporter = createExporter({ ...shared, onExported: () => marker?.wake() });
  const intake =
    options.store === null
      ? null
      : createIntake({
          ...shared,
          store: options.store.port,
          feed: options.store.feed,
          onOrders: exporter.wake,
        });
  const imports = createImportSession({
    intake: createFileIntake({ ...shared, onOrders: exporter.wake }),
    mappings: createMappings(database, options.clock.now, importMappingSchema),
    defaults: () => argentineDefaults,
  });
  const catalog = options.catalog
    ? createCatalog({
        ...options,
        ...options.catalog,
        journal,
        openOrders: createOpenOrders(database),
        healthChanged(health) {
          alerts?.scheduleChanged(health);
          options.catalog?.healthChanged(health);
        },
      })
    : null;
  const scheduleHealth = (): ScheduleHealth => catalog?.scheduler.health() ?? { state: 'well' };
  const catalogByFile = options.catalogByFile
    ? createCatalogByFile({
        ...options,
        ...options.catalogByFile,
        journal,
        openOrders: createOpenOrders(database),
        mappings: createMappings(database, options.clock.now, catalogMappingSchema, 'catalog:'),
      })
    : null;
  const desk = createDesk({ ...shared, onSendRequested: exporter.tryNow });
  const afterExport = createAfterExport({ ...shared, onQueued: exporter.wake });

  return {
    book,
    desk,
    afterExport,
    journal,
    outbox,
    imports,
    alerts,
    catalog,
    catalogByFile,

    start(): void {
      exporter.start();
      marker?.start();
      intake?.start();
      alerts?.start();
      catalog?.start().catch(options.report);
      catalogByFile?.start().catch(options.report);
    },
    /** Ends all work in an orderly way: what is being written to the org is awaited. */
    async stop(): Promise<void> {
      imports.closeAll();
      await Promise.all([
        ...[intake?.stop(), exporter.stop(), marker?.stop(), alerts?.stop()],
        ...[catalog?.stop(), catalogByFile?.stop()],
      ]);
      await database.close();
    },
    /** New orders, changed settings or a returning network: whatever waits tries at once. */
    tryNow(): void {
      intake?.wake();
      exporter.tryNow();
      marker?.wake();
      alerts?.tryNow();
      catalog?.scheduler.tryNow();
    },
    /** The switch for orders that go out by themselves has been turned. */
    async automaticChanged(automatic: Automatic): Promise<void> {
      await journal.record({
        at: options.clock.now(),
        level: 'info',
        ...tellAutomatic(automatic, options.clock.now()),
        problem: null,
        orderId: null,
      });
      exporter.wake();
    },
    /** The rules for orders, or the companies, have changed: what a rule held is judged anew. */
    async rulesChanged(): Promise<void> {
      const released = await outbox.judgeAnew(options.clock.now());
      if (released.length > 0) options.announcer.ordersChanged(released);
      exporter.wake();
    },
    /** Waits until nothing is on its way any more, or until the time is up. */
    async settled(withinMs: number): Promise<void> {
      const end = options.clock.now() + withinMs;
      const never = new AbortController().signal;
      while (isBusy(book.counts()) && options.clock.now() < end) await options.clock.sleep(100, never);
    },
    links,
    scheduleHealth,
    counts: (): StateCounts => book.counts(),
  };
}

/** What the log says of the switch for orders that go out by themselves. */
function tellAutomatic(automatic: Automatic, now: number): Pick<LogEntry, 'event' | 'params'> {
  const { on, everyMinutes, pausedUntil } = automatic;
  if (!on) return { event: 'automatic.off', params: {} };
  if (pausedUntil !== null && isPaused(automatic, now))
    return { event: 'automatic.paused', params: { at: pausedUntil } };
  return { event: 'automatic.on', params: { minutes: everyMinutes } };
}

const isBusy = (counts: StateCounts) =>
  counts.pending + counts.sending + counts.retrying + counts.unknown > 0;

export type Bridge = ReturnType<typeof createBridge>;
