import Big from 'big.js';
import type { Order } from '../../../contract/order';
import { type Problem, problem } from '../../../contract/problem';
import type { Announcer, Clock, FoundOrder, Journal, Org } from '../ports';
import type { Gate } from './gate';
import { recordOutcome } from './journalEntries';
import { splitToCents } from './money';
import type { Outbox, QueuedOrder } from './outbox';
import type { ExportEvent } from './state';

export interface ReconcilerDeps {
  outbox: Outbox;
  org: Org;
  journal: Journal;
  announcer: Announcer;
  clock: Clock;
  gate: Gate;
}

/** Looks orders in doubt up by their export key and settles what became of them (salesforce.md 2.6). */
export function createReconciler(deps: ReconcilerDeps) {
  return {
    async lookUp(orders: QueuedOrder[], signal: AbortSignal): Promise<void> {
      const keys = orders.map((order) => order.exportKey ?? '');
      const found = await deps.org.find(keys, signal);
      if (!found.ok) {
        // The aborted look-up of a closing program says nothing about the org.
        if (!signal.aborted) await deps.gate.closed(found.problem);
        return;
      }
      await deps.gate.opened();
      for (const order of orders) {
        const event = settle(order, found.value.get(order.exportKey ?? '') ?? null);
        await finishLookUp(order, event);
      }
    },

    settle,
  };

  /** What a look into the org means for the order. */
  function settle(
    order: QueuedOrder,
    found: FoundOrder | null,
  ): Extract<ExportEvent, { type: 'found' | 'absent' | 'refused' }> {
    const at = deps.clock.now();
    const expected = outgoingLineCount(order.order);
    const unfinished = found !== null && found.lineCount < expected && expected > deps.org.maxAtomicLines;
    // Sent again at once: the wait came before the look-up, and grew with every lost answer.
    if (found === null || unfinished) return { type: 'absent', at, nextTryAt: at };
    if (found.lineCount !== expected) return { type: 'refused', at, problems: [differs(expected, found)] };
    return { type: 'found', at, orgId: found.orgId, orgNumber: found.orgNumber };
  }

  async function finishLookUp(order: QueuedOrder, event: ExportEvent): Promise<void> {
    const attemptId = await deps.outbox.beginLookUp(order.id, deps.clock.now());
    if (attemptId === null) return;
    const problems = event.type === 'refused' ? event.problems : [];
    const outcome = event.type === 'found' ? 'exported' : event.type === 'absent' ? 'absent' : 'refused';
    const status = await deps.outbox.finish(order.id, attemptId, event, outcome, problems);
    if (status !== null) await recordOutcome(deps.journal, order, status, deps.clock.now(), 'lookUp');
    deps.announcer.ordersChanged([order.id]);
  }
}

export type Reconciler = ReturnType<typeof createReconciler>;

/** How many lines the org will hold: a line whose price has no whole cent is written as two. */
export function outgoingLineCount(order: Order): number {
  return order.lines.reduce(
    (count, line) => count + (splitToCents(line.quantity, new Big(line.total))?.length ?? 1),
    0,
  );
}

const differs = (expected: number, found: FoundOrder): Problem =>
  problem('order.differsInOrg', {
    expected,
    found: found.lineCount,
    name: found.orgNumber ?? found.orgId,
  });
