import type { Order } from '../../../contract/order';
import { failed, ok, type Problem, problem, type Result } from '../../../contract/problem';
import type { AmendOutcome, Announcer, Clock, OrderUnit, Org, SentLine } from '../ports';
import type { ExportedOrder, Outbox } from './outbox';
import { buyerKey, prepare, skusOf } from './prepare';
import type { ExportSettings } from './settings';

export interface AfterExportDeps {
  outbox: Outbox;
  org: Org;
  announcer: Announcer;
  clock: Clock;
  settings: () => Pick<ExportSettings, 'rules'>;
  /** Called when an order is in doubt or back in the queue. */
  onQueued: () => void;
}

/** What became of what a person asked for; `refused` may be overcome where its only reason is `order.editedInOrg`. */
export type AfterExportResult = { kind: 'done' } | { kind: 'refused'; problems: Problem[] };

/** Longer than any answer takes: the exporter looks the order up by itself only when this program has died over it. */
const undoDeadlineMs = 5 * 60_000;

/** A call that a person started is not called off by the window's closing. */
const toTheEnd = new AbortController().signal;

/** What people do to orders that are in the org already. */
export function createAfterExport(deps: AfterExportDeps) {
  const { outbox, org, clock } = deps;

  return {
    undo,

    /** Sends the store's change while the order is a draft in the org; a cancelled order is taken back out. */
    async sendChange(id: number, overwrite: boolean): Promise<Result<AfterExportResult>> {
      const order = await outbox.exported(id);
      if (order === null || order.change === null) return failed(problem('app.notFound'));
      if (order.change.kind === 'cancelled') return undo(id, overwrite);
      const units = await bothUnits(order, order.change.order);
      if (!units.ok) return units;
      if (units.value.kind === 'refused') return ok(units.value);
      return amend(order, { ...units.value, changed: order.change.order }, overwrite);
    },

    /** The person leaves the org as it is. */
    async markSeen(ids: readonly number[]): Promise<number> {
      const seen = await outbox.markSeen(ids, clock.now());
      if (seen.length > 0) deps.announcer.ordersChanged(seen);
      return seen.length;
    },
  };

  /** Takes an order back out of the org while it is a draft there. It waits, held, until a person says otherwise. */
  async function undo(id: number, overwrite: boolean): Promise<Result<AfterExportResult>> {
    const order = await outbox.exported(id);
    if (order === null) return failed(problem('app.notFound'));
    const started = clock.now();
    // Written down first: if the program dies now, the order is looked up and its state follows what the org has.
    const attemptId = await outbox.beginUndo(id, started, started + undoDeadlineMs);
    if (attemptId === null) return failed(problem('app.notFound'));
    deps.announcer.ordersChanged([id]);
    const sent = order.sent ?? [];
    const outcome = await org.remove({ exportKey: order.exportKey, sent, overwrite }, toTheEnd);
    await endUndo(order, attemptId, outcome);
    deps.announcer.ordersChanged([id]);
    return resultOf(outcome);
  }

  async function endUndo(order: ExportedOrder, attemptId: number, outcome: AmendOutcome): Promise<void> {
    const at = clock.now();
    const { orgId, orgNumber } = order.status;
    const end = { id: order.id, attemptId };
    switch (outcome.kind) {
      case 'done':
        await outbox.finish([{ ...end, event: { type: 'undone', at }, outcome: 'undone', problems: [] }]);
        return;
      case 'answerLost': {
        const event = { type: 'answerLost', at, nextTryAt: at, problem: outcome.problem } as const;
        await outbox.finish([{ ...end, event, outcome: 'answerLost', problems: [outcome.problem] }]);
        deps.onQueued();
        return;
      }
      default: {
        const problems = outcome.kind === 'refused' ? outcome.problems : [outcome.problem];
        const event = { type: 'undoFailed', at, orgId, orgNumber } as const;
        await outbox.finish([{ ...end, event, outcome: outcome.kind, problems }]);
      }
    }
  }

  type Units = { kind: 'units'; before: OrderUnit; after: OrderUnit };

  async function bothUnits(
    order: ExportedOrder,
    changed: Order,
  ): Promise<Result<Units | { kind: 'refused'; problems: Problem[] }>> {
    const { rules } = deps.settings();
    const skus = [order.order, changed].flatMap((version) => skusOf(version, rules));
    const prices = await org.lookUpPrices([...new Set(skus)], toTheEnd);
    if (!prices.ok) return prices;
    const keys = [order.order, changed].flatMap(({ buyer }) => buyerKey(buyer) ?? []);
    const buyers = await org.findBuyers([...new Set(keys)], toTheEnd);
    if (!buyers.ok) return buyers;
    const unitOf = (version: Order) =>
      prepare(version, {
        exportKey: order.exportKey,
        identifier: order.identifier,
        prices: prices.value,
        buyer: buyers.value.get(buyerKey(version.buyer) ?? '') ?? { kind: 'none' },
        rules,
      });
    const after = unitOf(changed);
    if (!after.ok) return ok({ kind: 'refused', problems: after.problems });
    // What was sent once may not be possible any more (a product switched off): then only the lines are compared.
    const before = unitOf(order.order);
    return ok({
      kind: 'units',
      before: before.ok ? before.unit : { ...after.unit, lines: [] },
      after: after.unit,
    });
  }

  async function amend(
    order: ExportedOrder,
    { before, after, changed }: Units & { changed: Order },
    overwrite: boolean,
  ): Promise<Result<AfterExportResult>> {
    const attemptId = await outbox.beginAmend(order.id, clock.now());
    if (attemptId === null) return failed(problem('app.notFound'));
    const sent: readonly SentLine[] = order.sent ?? before.lines;
    const outcome = await org.amend({ before, sent, overwrite }, after, toTheEnd);
    const problems =
      outcome.kind === 'done' ? [] : outcome.kind === 'refused' ? outcome.problems : [outcome.problem];
    await outbox.finishAmend(order.id, attemptId, {
      outcome: outcome.kind === 'done' ? 'amended' : outcome.kind,
      problems,
      order: changed,
      lines: after.lines,
      at: clock.now(),
    });
    deps.announcer.ordersChanged([order.id]);
    return resultOf(outcome);
  }
}

export type AfterExport = ReturnType<typeof createAfterExport>;

function resultOf(outcome: AmendOutcome): Result<AfterExportResult> {
  switch (outcome.kind) {
    case 'done':
      return ok({ kind: 'done' });
    case 'refused':
      return ok({ kind: 'refused', problems: outcome.problems });
    default:
      return failed(outcome.problem);
  }
}
