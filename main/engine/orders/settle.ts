import { type Problem, problem } from '../../../contract/problem';
import type { Clock, FoundOrder, OrderUnit, Org, Random, WriteOutcome } from '../ports';
import { backoff, longestWaitMs } from './backoff';
import type { Gate } from './gate';
import { type AttemptOutcome, type QueuedOrder, triesOf } from './outbox';
import type { Patience } from './patience';
import type { Reconciler } from './reconcile';
import type { ExportEvent } from './state';

export interface SettlerDeps {
  org: Org;
  clock: Clock;
  random: Random;
  gate: Gate;
  reconciler: Reconciler;
  patience: Patience;
}

/** An order that was in a call, and what the org said of it. */
export interface Sent {
  order: QueuedOrder;
  unit: OrderUnit;
  outcome: WriteOutcome;
}

/** Orders that the org has, by their keys. */
type Found = ReadonlyMap<string, FoundOrder>;

/** What became of an order. */
export interface Settled {
  order: QueuedOrder;
  event: ExportEvent;
  outcome: AttemptOutcome;
  problems: readonly Problem[];
}

/** So often is an order tried again when the org says "duplicate" and yet does not have it. */
const maxDuplicateTries = 5;

/** Outcomes that show that the org is there and works. */
const answers: ReadonlySet<WriteOutcome['kind']> = new Set(['written', 'refused', 'duplicate']);

/** Calls without an answer that close the gate: one is an accident, several mean that nobody is there. */
const lostAnswersThatCloseTheGate = 3;

/** Lost answers that may mean that the org itself is down. */
const orgLooksDown: ReadonlySet<Problem['code']> = new Set([
  'org.unavailable',
  'org.unreachable',
  'org.timeout',
]);

/** So long after such a find is asked first. */
const othersSendMs = 10 * 60_000;

/** Before an order is tried again, or looked up after a lost answer. */
const resend = { firstMs: 2_000, maxMs: longestWaitMs } as const;

/** So long after the gate opens do the others go before an order that closed it. */
const standBackMs = 30_000;

/** Turns the outcomes of a call into events of its orders, and opens or closes the gate by what they say. */
export function createSettler(deps: SettlerDeps) {
  let lostInARow = 0;
  let lastWritten = Number.NEGATIVE_INFINITY;
  /** When orders were last turned away for what looked like the whole org's trouble. */
  let trouble = Number.POSITIVE_INFINITY;
  /** When an order turned out to have been sent by another desktop. */
  let sentByOthers = Number.NEGATIVE_INFINITY;

  return {
    refused,

    /** Another desktop works on the same orders: asking first is cheaper than being told of every duplicate. */
    othersSend: (): boolean => deps.clock.now() - sentByOthers < othersSendMs,

    /** What becomes of orders that are in the org before they are sent; the others are not in the answer. */
    settleThere(orders: readonly { order: QueuedOrder; unit: OrderUnit }[], found: Found): Settled[] {
      return orders.flatMap(({ order, unit }) => {
        const there = found.get(unit.exportKey);
        if (there === undefined) return [];
        return [{ order, ...fromFound(order, unit, there, problem('org.answerLost')) }];
      });
    },

    /** The outcomes of one call. */
    async settle(sent: readonly Sent[], signal: AbortSignal): Promise<Settled[]> {
      const gotThrough = sent.some(({ outcome }) => outcome.kind === 'written');
      const own = sent.filter((one) => isItsOwn(one, gotThrough));
      await watchGate(
        sent.filter((one) => !own.includes(one)).map(({ outcome }) => outcome),
        gotThrough,
      );
      const taken = sent.filter(({ outcome }) => outcome.kind === 'duplicate');
      const duplicates = await settleDuplicates(taken, signal);
      const settled: Settled[] = [];
      for (const one of sent) {
        const result = duplicates.get(one.order.id) ?? settleOne(one, own.includes(one));
        settled.push({ order: one.order, ...result });
      }
      return settled;
    },
  };

  /** Others get through, in this call or since this order was turned away before: the trouble is its own. */
  function isItsOwn({ order, outcome }: Sent, gotThrough: boolean): boolean {
    if (outcome.kind !== 'stuck' || outcome.problem.class === 'transient') return false;
    return gotThrough || (triesOf(order) > 0 && lastWritten >= trouble);
  }

  /** Everything that is about the call as a whole. */
  async function watchGate(outcomes: readonly WriteOutcome[], gotThrough: boolean): Promise<void> {
    if (gotThrough) lastWritten = deps.clock.now();
    if (outcomes.some(({ kind }) => answers.has(kind))) {
      lostInARow = 0;
      await deps.gate.opened();
    }
    for (const outcome of outcomes) {
      if (outcome.kind === 'notSent') return deps.gate.closed(outcome.problem, outcome.retryAfterMs);
      if (outcome.kind === 'answerLost') return noteLostAnswer(outcome.problem);
      if (outcome.kind === 'stuck' && outcome.problem.class !== 'transient') {
        trouble = deps.clock.now();
        return deps.gate.closed(outcome.problem);
      }
    }
  }

  async function noteLostAnswer(reason: Problem): Promise<void> {
    lostInARow += 1;
    if (lostInARow >= lostAnswersThatCloseTheGate && orgLooksDown.has(reason.code))
      await deps.gate.closedForWrites(reason);
  }

  type Result = Omit<Settled, 'order'>;

  function settleOne({ order, outcome }: Sent, ownTrouble: boolean): Result {
    const at = deps.clock.now();
    switch (outcome.kind) {
      case 'written': {
        const { orgId, orgNumber, buyerMade } = outcome;
        deps.patience.gotThrough(order.id);
        return {
          event: { type: 'written', at, orgId, orgNumber, buyerMade },
          outcome: 'exported',
          problems: [],
        };
      }
      case 'refused':
        return refused(outcome.problems);
      case 'answerLost':
        return inDoubt(order, outcome.problem);
      case 'duplicate':
        return retry(order, outcome.problem);
      case 'stuck':
        return stuck(order, outcome.problem, ownTrouble);
      case 'skipped':
        return {
          event: { type: 'postponed', at },
          outcome: 'notSent',
          problems: [problem('org.callHalted')],
        };
      case 'notSent':
        return { event: { type: 'postponed', at }, outcome: 'notSent', problems: [outcome.problem] };
    }
  }

  /**
   * The org turned this order away for something that is not in the order: a locked record, a field that may not be
   * written. It may be the whole org's trouble: then the queue waits, and this order stands back behind the others.
   * When others get through meanwhile, the trouble is this order's, and a person has to look.
   */
  function stuck(order: QueuedOrder, reason: Problem, ownTrouble: boolean): Result {
    if (reason.class === 'transient') return retry(order, reason);
    if (ownTrouble) return refused([reason]);
    const at = deps.clock.now();
    const nextTryAt = at + Math.min(longestWaitMs, deps.gate.waitMs() + standBackMs);
    const event = { type: 'notSent', at, nextTryAt, problem: reason } as const;
    return { event, outcome: 'notSent', problems: [reason] };
  }

  /** A unique value is taken: by this very order, sent before, or by its buyer, made by someone else. */
  async function settleDuplicates(sent: readonly Sent[], signal: AbortSignal): Promise<Map<number, Result>> {
    const results = new Map<number, Result>();
    if (sent.length === 0) return results;
    const found = await deps.org.find(
      sent.map(({ unit }) => unit.exportKey),
      signal,
    );
    for (const { order, unit, outcome } of sent) {
      const reason = outcome.kind === 'duplicate' ? outcome.problem : problem('order.refused');
      if (!found.ok) results.set(order.id, inDoubt(order, found.problem));
      else {
        const there = found.value.get(unit.exportKey);
        if (there !== undefined && triesOf(order) === 0) sentByOthers = deps.clock.now();
        const again = triesOf(order) >= maxDuplicateTries ? refused([reason]) : retry(order, reason);
        results.set(order.id, there === undefined ? again : fromFound(order, unit, there, reason));
      }
    }
    return results;
  }

  function fromFound(
    order: QueuedOrder,
    unit: OrderUnit,
    there: Parameters<Reconciler['judge']>[1],
    reason: Problem,
  ): Result {
    const event = deps.reconciler.judge({ ...order, sent: [...unit.lines] }, there);
    if (event.type === 'found') return { event, outcome: 'exported', problems: [] };
    if (event.type === 'refused') return refused(event.problems);
    return retry(order, reason);
  }

  function refused(problems: readonly Problem[]): Result {
    const told = problems.length > 0 ? [...problems] : [problem('order.refused')];
    return {
      event: { type: 'refused', at: deps.clock.now(), problems: told },
      outcome: 'refused',
      problems: told,
    };
  }

  function retry(order: QueuedOrder, reason: Problem): Result {
    return later(order, reason, 'notSent');
  }

  function inDoubt(order: QueuedOrder, reason: Problem): Result {
    return later(order, reason, 'answerLost');
  }

  function later(order: QueuedOrder, reason: Problem, type: 'notSent' | 'answerLost'): Result {
    const at = deps.clock.now();
    deps.patience.gotNowhere(order.id);
    const nextTryAt = at + backoff(triesOf(order) + 1, resend, deps.random);
    return { event: { type, at, nextTryAt, problem: reason }, outcome: type, problems: [reason] };
  }
}
