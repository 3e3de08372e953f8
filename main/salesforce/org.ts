import { z } from 'zod';
import { ok, type Result } from '../../contract/problem';
import { defaultRules, type OrderRules } from '../../contract/rules';
import type { OrgSettings } from '../../contract/settings';
import type { CatalogOrg } from '../engine/catalog/ports';
import type { Clock, Org } from '../engine/ports';
import type { Fetch } from '../net/exchange';
import { findBuyers } from './buyers';
import { createCatalogOrg } from './catalog';
import { columns } from './columns';
import { amendOrder, removeOrder } from './orders/amend';
import { findOrders } from './orders/find';
import { describeOutgoing } from './orders/outgoing';
import { makeRecords } from './orders/records';
import { callRoom, mostAtomicLines, recordsOf, writeOrders } from './orders/writer';
import { readOrgCurrency } from './orgCurrency';
import { factsFor, readActiveStatuses, readOrgFacts } from './orgFacts';
import { findPriceBook } from './prices/priceBook';
import { createPrices, keepEntriesMs } from './prices/prices';
import { builtInProfiles, type Profile } from './profile';
import { queryAll } from './query';
import { remember } from './remember';
import type { OrgCredentials } from './session/credentials';
import { gatherQueries } from './session/gather';
import { createSession, defaultTimeouts, type Timeouts, type Usage } from './session/session';
import { verifyOrg } from './verify/verify';

export interface SalesforceOptions {
  /** Settings and secrets, asked for at every sign-in. */
  credentials: () => Promise<Result<OrgCredentials>>;
  profile?: Profile;
  /** `62.0`; the org's releases keep each version for years (research/salesforce.md 3.7). */
  apiVersion?: string;
  timeouts?: Partial<Timeouts>;
  /** At most `mostAtomicLines`; fewer for orgs whose automation is heavy on every line. */
  maxAtomicLines?: number;
  /** Electron's `net.fetch` goes through the system's proxy; Node's own, the default, goes straight. */
  fetch?: Fetch;
  /** The rules for orders that are to be checked against the org; the default ones ask nothing of it. */
  rules?: () => OrderRules;
  clock: Pick<Clock, 'now' | 'sleep'>;
}

/** The engine's `Org`, with what the composition root needs beside it. */
export interface SalesforceOrg extends Org {
  /** The org's side of stock and prices. */
  catalog: CatalogOrg;
  /** Settings, secrets or profile have changed: forgets session and everything read so far. */
  reset(): void;
  /** Calls of the last 24 hours, as the org last counted them. */
  usage(): Usage | null;
}

const forEver = Number.POSITIVE_INFINITY;
/** How long the catalogue's queries wait for each other, in milliseconds. */
const catalogWaitMs = 2;

/** The org at the other end of `options.credentials`. Signs in at the first call. */
export function createSalesforceOrg(options: SalesforceOptions): SalesforceOrg {
  const { now } = options.clock;
  const profile = options.profile ?? builtInProfiles.standard;
  const maxAtomicLines = Math.min(options.maxAtomicLines ?? mostAtomicLines, mostAtomicLines);
  const session = createSession({
    credentials: options.credentials,
    apiVersion: options.apiVersion ?? '62.0',
    timeouts: { ...defaultTimeouts, ...options.timeouts },
    fetch: options.fetch ?? globalThis.fetch,
    now,
  });
  const lookUps = gatherQueries(session, session.apiVersion);
  const currency = remember(
    (signal) => readOrgCurrency({ ...lookUps, soap: session.soap }, profile, signal),
    forEver,
    now,
  );
  const facts = remember(
    (signal) => readOrgFacts(lookUps, profile, currency.get, signal),
    keepEntriesMs,
    now,
  );
  const activeStatuses = remember(
    (signal) => readActiveStatuses(lookUps, profile, signal),
    keepEntriesMs,
    now,
  );
  const priceBook = remember(askPriceBook, keepEntriesMs, now);
  const prices = createPrices({ session: lookUps, profile, priceBook, facts, now });
  const sources = { facts: facts.get, activeStatuses: activeStatuses.get };
  const writer = { session, profile, ...sources, maxAtomicLines };

  async function settings(): Promise<Result<OrgSettings>> {
    const credentials = await options.credentials();
    return credentials.ok ? ok(credentials.value.settings) : credentials;
  }

  async function askPriceBook(signal: AbortSignal) {
    const current = await settings();
    return current.ok ? findPriceBook(lookUps, profile, current.value.warehouse, signal) : current;
  }

  const forgetAnswers = () => {
    currency.forget();
    facts.forget();
    activeStatuses.forget();
    priceBook.forget();
    prices.forget();
  };

  return {
    maxAtomicLines,
    catalog: createCatalogOrg({
      session,
      // An update asks for all that it has to know in one go, and a person waits for it.
      lookUps: gatherQueries(session, session.apiVersion, catalogWaitMs),
      profile,
      currencyOf: currency.get,
      clock: options.clock,
    }),

    async ping(signal) {
      const { select, row } = columns({ id: { path: 'Id', as: z.string() } });
      const soql = `SELECT ${select} FROM ${profile.order.object} LIMIT 1`;
      const answer = await queryAll(session, soql, row, signal);
      return answer.ok ? ok(undefined) : answer;
    },

    lookUpPrices: prices.lookUp,
    findBuyers: (taxIds, signal) => findBuyers(lookUps, profile, taxIds, signal),

    async lookUp(skus, taxIds, signal) {
      const [found, buyers] = await Promise.all([
        prices.lookUp(skus, signal),
        findBuyers(lookUps, profile, taxIds, signal),
        // Needed with the write where orders are activated: asked for now, it costs no call then.
        activeStatuses.last() === null ? null : activeStatuses.get(signal),
      ]);
      if (!found.ok) return found;
      return buyers.ok ? ok({ prices: found.value, buyers: buyers.value }) : buyers;
    },

    callRoom,
    recordsOf,

    async write(units, signal) {
      const outcomes = await writeOrders(writer, units, signal);
      // A refusal may mean that what was remembered has changed in the org: the next try reads it anew.
      const refused = units.filter((_unit, index) => outcomes[index]?.kind === 'refused');
      if (refused.length > 0) {
        prices.forgetEntries(refused.flatMap((unit) => unit.lines.map((line) => line.entryId)));
        facts.forget();
        activeStatuses.forget();
        priceBook.forget();
      }
      return outcomes;
    },

    amend: (order, after, signal) => amendOrder(writer, order, after, signal),
    remove: (order, signal) => removeOrder(writer, order, signal),

    find: (exportKeys, signal) => findOrders(session, profile, exportKeys, signal),

    async outgoing(unit) {
      const known = await factsFor(sources, [unit], new AbortController().signal);
      if (!known.ok) return known;
      const made = makeRecords(unit, profile, known.value);
      if (made.ok) return ok(describeOutgoing(unit, made.records, profile));
      const [first] = made.problems;
      return first === undefined ? ok([]) : { ok: false, problem: first };
    },

    async verify(onProgress, signal) {
      // A check is worth its name only when nothing is answered from memory.
      session.reset();
      forgetAnswers();
      const rules = options.rules?.() ?? defaultRules;
      return verifyOrg(
        { session, profile, settings, rules, lookUpPrices: prices.lookUp, onProgress },
        signal,
      );
    },

    host() {
      const instance = session.instanceUrl();
      return instance === null ? null : new URL(instance).host;
    },

    orderUrl(orgId) {
      const instance = session.instanceUrl();
      return instance === null
        ? null
        : `${instance}/lightning/r/${profile.order.object}/${encodeURIComponent(orgId)}/view`;
    },

    reset() {
      session.reset();
      forgetAnswers();
    },

    usage: session.usage,
  };
}
