import type { ExportState, Outgoing } from '../../../contract/export';
import type { Order } from '../../../contract/order';
import { failed, ok, type Result } from '../../../contract/problem';
import type { LogEvent } from '../../../contract/status';
import type { Announcer, Clock, Journal, Org } from '../ports';
import { exportKey } from './exportKey';
import type { Outbox } from './outbox';
import { buyerKey, prepare, skusOf } from './prepare';
import type { ExportSettings } from './settings';
import type { ExportEvent } from './state';

export interface DeskDeps {
  outbox: Outbox;
  org: Org;
  journal: Journal;
  announcer: Announcer;
  clock: Clock;
  settings: () => Pick<ExportSettings, 'identifier' | 'rules'>;
  /** Called when people want orders sent: a waiting queue tries at once. */
  onSendRequested: () => void;
}

/** What people do to orders by hand. Every action answers how many orders it was possible for. */
export function createDesk(deps: DeskDeps) {
  async function act(ids: readonly number[], event: ExportEvent, told: LogEvent): Promise<number> {
    const accepted = await deps.outbox.act(ids, event);
    if (accepted.length > 0) {
      const [only] = accepted;
      await deps.journal.record({
        at: event.at,
        level: 'info',
        event: told,
        params: { count: accepted.length, ...('reason' in event ? { reason: event.reason } : {}) },
        problem: null,
        orderId: accepted.length === 1 && only !== undefined ? only : null,
      });
      deps.announcer.ordersChanged(accepted);
    }
    return accepted.length;
  }

  async function sendNow(ids: readonly number[]): Promise<number> {
    const accepted = await act(ids, { type: 'sendRequested', at: deps.clock.now() }, 'order.sendNow');
    if (accepted > 0) deps.onSendRequested();
    return accepted;
  }

  /** Orders that go back into the queue are taken up at once where that goes by itself. */
  async function requeue(ids: readonly number[], type: 'released' | 'restored'): Promise<number> {
    const accepted = await act(ids, { type, at: deps.clock.now() }, `order.${type}`);
    if (accepted > 0) deps.onSendRequested();
    return accepted;
  }

  return {
    sendNow,
    async sendAll(states: readonly ExportState[]): Promise<number> {
      return sendNow(await deps.outbox.idsIn(states));
    },
    hold: (ids: readonly number[], reason: string) =>
      act(ids, { type: 'held', at: deps.clock.now(), reason }, 'order.held'),
    dismiss: (ids: readonly number[], reason: string) =>
      act(ids, { type: 'dismissed', at: deps.clock.now(), reason }, 'order.dismissed'),
    release: (ids: readonly number[]) => requeue(ids, 'released'),
    restore: (ids: readonly number[]) => requeue(ids, 'restored'),

    /** What would be sent of this order now, or everything that stands in its way. */
    async outgoing(order: Order, key: string | null, signal: AbortSignal): Promise<Result<Outgoing>> {
      const prices = await deps.org.lookUpPrices([...new Set(skusOf(order, deps.settings().rules))], signal);
      if (!prices.ok) return prices;
      const taxId = buyerKey(order.buyer);
      const buyers = await deps.org.findBuyers(taxId === null ? [] : [taxId], signal);
      if (!buyers.ok) return buyers;
      const { identifier, rules } = deps.settings();
      const prepared = prepare(order, {
        identifier,
        exportKey: key ?? exportKey(identifier, order.number),
        prices: prices.value,
        buyer: buyers.value.get(taxId ?? '') ?? { kind: 'none' },
        rules,
      });
      if (!prepared.ok) return ok({ kind: 'blocked', problems: prepared.problems });
      const records = await deps.org.outgoing(prepared.unit);
      return records.ok ? ok({ kind: 'ready', records: records.value }) : failed(records.problem);
    },
  };
}

export type Desk = ReturnType<typeof createDesk>;
