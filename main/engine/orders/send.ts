import { type Problem, problem } from '../../../contract/problem';
import type { Announcer, BuyerMatch, Clock, Journal, Org, PriceLookup, Random, WriteOutcome } from '../ports';
import { backoff, longestWaitMs } from './backoff';
import { exportKey } from './exportKey';
import type { Gate } from './gate';
import { recordOutcome } from './journalEntries';
import type { AttemptOutcome, Outbox, QueuedOrder } from './outbox';
import { buyerKey, prepare } from './prepare';
import type { Reconciler } from './reconcile';
import type { ExportEvent } from './state';

export interface SenderDeps {
  outbox: Outbox;
  org: Org;
  journal: Journal;
  announcer: Announcer;
  clock: Clock;
  random: Random;
  settings: () => { identifier: string };
  gate: Gate;
  reconciler: Reconciler;
}

/** So often is an order tried again when the org says "duplicate" and yet does not have it. */
const maxDuplicateTries = 5;

/** A write that has begun is never cut off by the program's end: its answer is worth the wait. */
const toTheEnd = new AbortController().signal;

const lostAnswersThatCloseTheGate = 3;

/** Lost answers that may mean that the org itself is down. */
const orgLooksDown: ReadonlySet<Problem['code']> = new Set([
  'org.unavailable',
  'org.unreachable',
  'org.timeout',
]);

/** Before an order is tried again, or looked up after a lost answer. */
const resend = { firstMs: 2_000, maxMs: longestWaitMs } as const;

interface Ending {
  event: ExportEvent;
  outcome: AttemptOutcome;
  problems: Problem[];
}

export interface SendBatch {
  buyerKeyOf(order: QueuedOrder): string;
  send(order: QueuedOrder): Promise<'exported' | 'other'>;
}

/** Sends orders: looks up what a batch needs, then writes them one unit each. */
export function createSender(deps: SenderDeps) {
  let lostInARow = 0;

  return {
    /** Null when the org could not be asked; the gate is closed then and every order stays as it was. */
    async prepareBatch(orders: QueuedOrder[], signal: AbortSignal): Promise<SendBatch | null> {
      const skus = new Set(orders.flatMap(({ order }) => order.lines.map((line) => line.sku)));
      const prices = await deps.org.lookUpPrices([...skus], signal);
      if (!prices.ok) return closeGate(prices.problem, signal);
      const taxIds = new Set(orders.map(({ order }) => buyerKey(order.buyer) ?? ''));
      const buyers = await findBuyers([...taxIds], signal);
      if (!buyers.ok) return closeGate(buyers.problem, signal);
      return makeBatch(prices.value, buyers.value, signal);
    },
  };

  async function closeGate(reason: Problem, signal: AbortSignal): Promise<null> {
    if (!signal.aborted) await deps.gate.closed(reason);
    return null;
  }

  function findBuyers(taxIds: string[], signal: AbortSignal) {
    return deps.org.findBuyers(
      taxIds.filter((taxId) => taxId !== ''),
      signal,
    );
  }

  function makeBatch(prices: PriceLookup, buyers: Map<string, BuyerMatch>, signal: AbortSignal): SendBatch {
    const buyerKeyOf = (order: QueuedOrder) => buyerKey(order.order.buyer) ?? `order ${order.id}`;
    return {
      buyerKeyOf,
      async send(order) {
        const taxId = buyerKeyOf(order);
        const ending = await attempt(order, prices, buyers.get(taxId) ?? { kind: 'none' }, signal);
        // The next order of this buyer must not make it a second time.
        if (buyers.get(taxId)?.kind === 'none') {
          const again = await findBuyers([taxId], signal);
          if (again.ok) buyers.set(taxId, again.value.get(taxId) ?? { kind: 'none' });
        }
        return ending?.event.type === 'written' || ending?.event.type === 'found' ? 'exported' : 'other';
      },
    };
  }

  async function attempt(
    order: QueuedOrder,
    prices: PriceLookup,
    buyer: BuyerMatch,
    signal: AbortSignal,
  ): Promise<Ending | null> {
    const identifier = order.identifier ?? deps.settings().identifier;
    const key = order.exportKey ?? exportKey(identifier, order.number);
    const prepared = prepare(order.order, { exportKey: key, identifier, prices, buyer });
    const attemptId = await deps.outbox.beginSend(order.id, { exportKey: key, identifier }, deps.clock.now());
    if (attemptId === null) return null;
    deps.announcer.ordersChanged([order.id]);
    const ending = prepared.ok
      ? await conclude(order, key, await deps.org.write(prepared.unit, toTheEnd), signal)
      : refused(prepared.problems);
    const status = await deps.outbox.finish(
      order.id,
      attemptId,
      ending.event,
      ending.outcome,
      ending.problems,
    );
    if (status !== null) await recordOutcome(deps.journal, order, status, deps.clock.now(), 'send');
    deps.announcer.ordersChanged([order.id]);
    return ending;
  }

  async function conclude(
    order: QueuedOrder,
    key: string,
    outcome: WriteOutcome,
    signal: AbortSignal,
  ): Promise<Ending> {
    const at = deps.clock.now();
    switch (outcome.kind) {
      case 'written':
        lostInARow = 0;
        await deps.gate.opened();
        return {
          event: { type: 'written', at, orgId: outcome.orgId, orgNumber: outcome.orgNumber },
          outcome: 'exported',
          problems: [],
        };
      case 'refused':
        await deps.gate.opened();
        return refused(outcome.problems);
      case 'answerLost':
        await noteLostAnswer(outcome.problem);
        return inDoubt(order, outcome.problem);
      case 'duplicate':
        return settleDuplicate(order, key, outcome.problem, signal);
      case 'notSent':
        return notSent(order, outcome);
    }
  }

  /** A unique value is taken: by this very order, sent before, or by its buyer, made by someone else. */
  async function settleDuplicate(
    order: QueuedOrder,
    key: string,
    reason: Problem,
    signal: AbortSignal,
  ): Promise<Ending> {
    const found = await deps.org.find([key], signal);
    if (!found.ok) return inDoubt(order, found.problem);
    const there = found.value.get(key);
    if (there === undefined)
      return triesOf(order) >= maxDuplicateTries ? refused([reason]) : retry(order, reason);
    const event = deps.reconciler.settle(order, there);
    if (event.type === 'found') return { event, outcome: 'exported', problems: [] };
    if (event.type === 'refused') return refused(event.problems);
    return retry(order, reason);
  }

  async function notSent(
    order: QueuedOrder,
    outcome: Extract<WriteOutcome, { kind: 'notSent' }>,
  ): Promise<Ending> {
    const own = outcome.problem.code === 'org.recordLocked';
    if (own) return retry(order, outcome.problem);
    await deps.gate.closed(outcome.problem, outcome.retryAfterMs);
    return {
      event: { type: 'postponed', at: deps.clock.now() },
      outcome: 'notSent',
      problems: [outcome.problem],
    };
  }

  /** One lost answer is an accident; several in a row mean that nobody is there to answer. */
  async function noteLostAnswer(reason: Problem): Promise<void> {
    lostInARow += 1;
    if (lostInARow >= lostAnswersThatCloseTheGate && orgLooksDown.has(reason.code))
      await deps.gate.closed(reason);
  }

  function refused(problems: Problem[]): Ending {
    const told = problems.length > 0 ? problems : [problem('order.refused')];
    return {
      event: { type: 'refused', at: deps.clock.now(), problems: told },
      outcome: 'refused',
      problems: told,
    };
  }

  function retry(order: QueuedOrder, reason: Problem): Ending {
    const at = deps.clock.now();
    const nextTryAt = at + backoff(triesOf(order) + 1, resend, deps.random);
    return {
      event: { type: 'notSent', at, nextTryAt, problem: reason },
      outcome: 'notSent',
      problems: [reason],
    };
  }

  function inDoubt(order: QueuedOrder, reason: Problem): Ending {
    const at = deps.clock.now();
    const nextTryAt = at + backoff(triesOf(order) + 1, resend, deps.random);
    return {
      event: { type: 'answerLost', at, nextTryAt, problem: reason },
      outcome: 'answerLost',
      problems: [reason],
    };
  }
}

const triesOf = (order: QueuedOrder): number =>
  order.status.state === 'retrying' || order.status.state === 'unknown' ? order.status.tries : 0;
