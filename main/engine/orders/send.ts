import type { HoldReason } from '../../../contract/export';
import { type Problem, problem } from '../../../contract/problem';
import type { Announcer, BuyerMatch, Clock, OrderUnit, Org, PriceLookup, Random } from '../ports';
import { exportKey } from './exportKey';
import type { Gate } from './gate';
import { holdReason } from './holdRules';
import { type Departure, type Ending, type Outbox, type QueuedOrder, triesOf } from './outbox';
import { type Parcel, packCalls } from './packing';
import { createPatience } from './patience';
import { buyerKey, prepare, skusOf } from './prepare';
import type { Reconciler } from './reconcile';
import type { ExportSettings } from './settings';
import { createSettler, type Settled } from './settle';

export interface SenderDeps {
  /** Hears of what nobody expected; the work goes on all the same. */
  report: (error: unknown) => void;
  outbox: Outbox;
  org: Org;
  announcer: Announcer;
  clock: Clock;
  random: Random;
  settings: () => Pick<ExportSettings, 'identifier' | 'rules' | 'companies'>;
  gate: Gate;
  reconciler: Reconciler;
  /** Called when orders have reached the org. */
  onExported: () => void;
}

/** Calls at the same time; Salesforce has no limit for those under 20 s (research/salesforce.md 1.4). */
const callsAtOnce = 4;

/** A write that has begun is never cut off by the program's end: its answer is worth the wait. */
const toTheEnd = new AbortController().signal;

interface Ready extends Parcel {
  order: QueuedOrder;
  unit: OrderUnit;
}

/** Sends orders: looks up what a batch needs, packs it into calls, and settles what became of each order. */
export function createSender(deps: SenderDeps) {
  const patience = createPatience(deps.clock);
  const settler = createSettler({ ...deps, patience });

  return {
    /** Sends what can be sent of the batch; `enough` is asked before each call and ends it early. */
    async send(orders: QueuedOrder[], signal: AbortSignal, enough: () => boolean): Promise<void> {
      const known = await lookUp(orders, signal);
      if (known === null) return;
      const ready = await leaveOutThere(await prepareAll(orders, known), signal);
      const calls = packCalls(ready, deps.org.callRoom);
      await Promise.all(
        Array.from({ length: Math.min(callsAtOnce, calls.length) }, async () => {
          for (let call = calls.shift(); call !== undefined; call = calls.shift()) {
            if (signal.aborted || deps.gate.waitMs() > 0 || enough()) return;
            await write(call, signal);
          }
        }),
      );
    },
  };

  /** Null when the org could not be asked; the gate is closed then and every order stays as it was. */
  async function lookUp(
    orders: readonly QueuedOrder[],
    signal: AbortSignal,
  ): Promise<{ prices: PriceLookup; buyers: Map<string, BuyerMatch> } | null> {
    const { rules } = deps.settings();
    const skus = new Set(orders.flatMap(({ order }) => skusOf(order, rules)));
    const taxIds = new Set(orders.flatMap(({ order }) => buyerKey(order.buyer) ?? []));
    const known = await deps.org.lookUp([...skus], [...taxIds], signal);
    return known.ok ? known.value : deps.gate.closedUnless(signal, known.problem);
  }

  /** The orders that can go out now. Those that cannot fail here; a new buyer's later orders wait for its first. */
  async function prepareAll(
    orders: readonly QueuedOrder[],
    known: { prices: PriceLookup; buyers: Map<string, BuyerMatch> },
  ): Promise<Ready[]> {
    const ready: Ready[] = [];
    const held: { id: number; rule: HoldReason }[] = [];
    const newBuyers = new Set<string>();
    for (const order of orders) {
      const key = buyerKey(order.order.buyer) ?? `order ${order.id}`;
      const buyer = known.buyers.get(key) ?? { kind: 'none' };
      const rule = ruleFor(order, buyer);
      if (rule !== null) {
        held.push({ id: order.id, rule });
        continue;
      }
      const ended = patience.endsWith(order);
      if (ended !== null) {
        await refuseUnsent(order, [ended]);
        continue;
      }
      if (newBuyers.has(key)) continue;
      const prepared = prepareOne(order, known.prices, buyer);
      if (!prepared.ok) {
        await refuseUnsent(order, prepared.problems);
        continue;
      }
      if (buyer.kind === 'none') newBuyers.add(key);
      const { unit } = prepared;
      const alone = triesOf(order) > 0;
      ready.push({ order, unit, records: deps.org.recordsOf(unit), buyerKey: key, alone });
    }
    if (held.length > 0) deps.announcer.ordersChanged(await deps.outbox.holdByRule(held, deps.clock.now()));
    return ready;
  }

  /** Rules hold what would go by itself; a person's word goes before them. */
  function ruleFor({ order, urgent, exempt }: QueuedOrder, buyer: BuyerMatch): HoldReason | null {
    if (urgent || exempt) return null;
    const { rules, companies } = deps.settings();
    return holdReason(order, rules.hold, { companies, buyer });
  }

  /** An order that this program breaks on fails by itself, and is reported; the others go on. */
  function prepareOne(
    order: QueuedOrder,
    prices: PriceLookup,
    buyer: BuyerMatch,
  ): ReturnType<typeof prepare> {
    try {
      return prepare(order.order, { ...keyOf(order), prices, buyer, rules: deps.settings().rules });
    } catch (error) {
      deps.report(error);
      const detail = error instanceof Error ? error.message : String(error);
      return { ok: false, problems: [problem('app.unexpected', {}, { detail })] };
    }
  }

  function keyOf(order: QueuedOrder): { exportKey: string; identifier: string } {
    const identifier = order.identifier ?? deps.settings().identifier;
    return { identifier, exportKey: order.exportKey ?? exportKey(identifier, order.number) };
  }

  async function refuseUnsent(order: QueuedOrder, problems: readonly Problem[]): Promise<void> {
    const departure = { id: order.id, ...keyOf(order), lines: [] };
    const attempts = await deps.outbox.beginSends([departure], deps.clock.now());
    await finish([{ order, ...settler.refused(problems) }], attempts);
  }

  /** Where another desktop sends the same orders, what it has sent is settled without being sent. */
  async function leaveOutThere(ready: Ready[], signal: AbortSignal): Promise<Ready[]> {
    if (ready.length === 0 || !settler.othersSend()) return ready;
    const found = await deps.org.find(
      ready.map(({ unit }) => unit.exportKey),
      signal,
    );
    if (!found.ok || found.value.size === 0) return ready;
    const there = ready.filter(({ unit }) => found.value.has(unit.exportKey));
    const attempts = await deps.outbox.beginSends(there.map(departureOf), deps.clock.now(), 'lookUp');
    const settled = settler.settleThere(
      there.filter(({ order }) => attempts.has(order.id)),
      found.value,
    );
    await finish(settled, attempts);
    if (settled.some(({ event }) => event.type === 'found')) deps.onExported();
    return ready.filter(({ unit }) => !found.value.has(unit.exportKey));
  }

  async function write(call: readonly Ready[], signal: AbortSignal): Promise<void> {
    const attempts = await deps.outbox.beginSends(call.map(departureOf), deps.clock.now());
    const going = call.filter(({ order }) => attempts.has(order.id));
    if (going.length === 0) return;
    deps.announcer.ordersChanged(going.map(({ order }) => order.id));
    const outcomes = await deps.org.write(
      going.map(({ unit }) => unit),
      toTheEnd,
    );
    const sent = going.flatMap(({ order, unit }, index) => {
      const outcome = outcomes[index];
      return outcome === undefined ? [] : [{ order, unit, outcome }];
    });
    const settled = await settler.settle(sent, signal);
    await finish(settled, attempts);
    if (settled.some(({ event }) => event.type === 'written' || event.type === 'found')) deps.onExported();
  }

  async function finish(settled: readonly Settled[], attempts: ReadonlyMap<number, number>): Promise<void> {
    const endings = settled.flatMap(({ order, event, outcome, problems }): Ending[] => {
      const attemptId = attempts.get(order.id);
      return attemptId === undefined ? [] : [{ id: order.id, attemptId, event, outcome, problems }];
    });
    await deps.outbox.finish(endings);
    deps.announcer.ordersChanged(endings.map(({ id }) => id));
  }
}

const departureOf = ({ order, unit }: Ready): Departure => ({
  id: order.id,
  exportKey: unit.exportKey,
  identifier: unit.identifier,
  lines: unit.lines,
});
