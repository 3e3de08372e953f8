import Big from 'big.js';
import type { Order } from '../../../contract/order';
import { type Problem, problem } from '../../../contract/problem';
import type { Announcer, Clock, FoundOrder, Org } from '../ports';
import type { Gate } from './gate';
import { splitToCents } from './money';
import type { Ending, Outbox, QueuedOrder } from './outbox';
import type { ExportEvent } from './state';

export interface ReconcilerDeps {
  outbox: Outbox;
  org: Org;
  announcer: Announcer;
  clock: Clock;
  gate: Gate;
  /** Called when orders have turned out to be in the org. */
  onExported: () => void;
}

type Judgement = Extract<ExportEvent, { type: 'found' | 'absent' | 'refused' }>;

/** Looks orders in doubt up by their export key and settles what became of them (salesforce.md 2.6). */
export function createReconciler(deps: ReconcilerDeps) {
  return {
    async lookUp(orders: readonly QueuedOrder[], signal: AbortSignal): Promise<void> {
      const keys = orders.map((order) => order.exportKey ?? '');
      const found = await deps.org.find(keys, signal);
      if (!found.ok) {
        await deps.gate.closedUnless(signal, found.problem);
        return;
      }
      if (found.value.size > 0 || !deps.gate.doubtsWrites()) await deps.gate.opened();
      const attempts = await deps.outbox.beginLookUps(
        orders.map(({ id }) => id),
        deps.clock.now(),
      );
      const endings = orders.flatMap((order): Ending[] => {
        const attemptId = attempts.get(order.id);
        if (attemptId === undefined) return [];
        const event = judge(order, found.value.get(order.exportKey ?? '') ?? null);
        return [
          { id: order.id, attemptId, event, outcome: outcomes[event.type], problems: problemsOf(event) },
        ];
      });
      await deps.outbox.finish(endings);
      deps.announcer.ordersChanged(endings.map(({ id }) => id));
      if (endings.some(({ event }) => event.type === 'found')) deps.onExported();
    },

    judge,
  };

  /** What a look into the org means for the order. */
  function judge(order: Pick<QueuedOrder, 'status' | 'sent' | 'order'>, found: FoundOrder | null): Judgement {
    const at = deps.clock.now();
    const undoing = order.status.state === 'unknown' && order.status.undoing !== null;
    const expected = order.sent?.length ?? outgoingLineCount(order.order);
    const unfinished = found !== null && found.lineCount < expected && mayBeStaged(expected);
    // Sent again at once: the wait came before the look-up, and grew with every lost answer.
    if (found === null || (unfinished && !undoing)) return { type: 'absent', at, nextTryAt: at };
    if (found.lineCount !== expected && !undoing)
      return { type: 'refused', at, problems: [differs(expected, found)] };
    return { type: 'found', at, orgId: found.orgId, orgNumber: found.orgNumber };
  }

  /** A new buyer and an activation take room in a graph, so that an order may be staged with a line or two less. */
  function mayBeStaged(lines: number): boolean {
    return lines > deps.org.maxAtomicLines - 2;
  }
}

export type Reconciler = ReturnType<typeof createReconciler>;

const outcomes = { found: 'exported', absent: 'absent', refused: 'refused' } as const;

const problemsOf = (event: Judgement): Problem[] => (event.type === 'refused' ? event.problems : []);

/** For orders sent by an older program: a line whose price has no whole cent was written as two. */
function outgoingLineCount(order: Order): number {
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
