import type { CatalogRules } from '../../contract/catalogRules';
import type { OrderRules } from '../../contract/rules';
import type { Automatic, Locale, VerifyReport, VerifyStep } from '../../contract/settings';
import type { BrowserSignIn } from '../../contract/signIn';
import type { Bridge } from '../bridge';
import type { Announcer, Clock, Org, Random, Store } from '../engine/ports';
import type { DemoControls } from '../ipc/demo';
import type { Connections, MailConnections } from '../settings/connections';
import type { AlertServices } from './mail';

/** What every mode of the program is built from. */
export interface ModeDeps {
  /** Where the program keeps its files. */
  folder: string;
  announcer: Announcer;
  onLog: (lastId: number) => void;
  report: (error: unknown) => void;
  clock: Clock;
  random: Random;
  /** When confirmed orders go out by themselves; read anew for every batch. */
  automatic: () => Automatic;
  alerts: AlertServices;
  /** An update of stock and prices has moved on. */
  onCatalog: () => void;
  /** Updates of stock and prices by schedule need a person, or no longer. */
  onSchedule: () => void;
  /** Who is signed in to this computer. */
  who: string;
}

/** What signing in with the person's browser needs of the shell. */
export interface BrowserDeps {
  openInBrowser: (address: string) => Promise<boolean>;
  onBrowserSignIn: (state: BrowserSignIn) => void;
  locale: () => Locale;
}

/** One mode at work. The bridge is null in live mode until the settings have been filled in. */
export interface Runtime {
  bridge: Bridge | null;
  org: Org | null;
  connections: Connections;
  rules: RulesKeeper;
  catalogRules: CatalogRulesKeeper;
  mail: MailConnections;
  demo: DemoControls | null;
  stop(): Promise<void>;
}

/** The rules for orders that are in force, and how to change them. */
export interface RulesKeeper {
  get(): OrderRules;
  save(rules: OrderRules): void;
}

/** The rules for stock and prices that are in force, and how to change them. */
export interface CatalogRulesKeeper {
  get(): CatalogRules;
  save(rules: CatalogRules): void;
}

export type VerifyProgress = (report: VerifyReport) => void;

/** Runs the store's check and then the org's, telling each step as it goes. */
export async function verifyBoth(
  store: Store | null,
  org: Org,
  onProgress: VerifyProgress,
): Promise<VerifyReport> {
  const signal = new AbortController().signal;
  let storeStep: VerifyStep = step(store === null ? 'skipped' : 'running');
  onProgress({ steps: [storeStep], finished: false });
  if (store !== null) {
    const info = await store.info(signal);
    storeStep = info.ok
      ? { ...step('passed'), facts: { name: info.value.name, currency: info.value.currency } }
      : { ...step('failed'), problems: [info.problem] };
  }
  const orgSteps = await org.verify(
    (steps) => onProgress({ steps: [storeStep, ...steps], finished: false }),
    signal,
  );
  const report = { steps: [storeStep, ...orgSteps], finished: true };
  onProgress(report);
  return report;
}

const step = (outcome: VerifyStep['outcome']): VerifyStep => ({
  id: 'storeReachable',
  outcome,
  facts: {},
  problems: [],
});
