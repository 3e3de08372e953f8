import type { Intake } from '../import/ports';
import type { Announcer, Clock, Journal } from '../ports';
import type { Outbox } from './outbox';

export interface FileIntakeDeps {
  outbox: Outbox;
  journal: Journal;
  announcer: Announcer;
  clock: Clock;
  /** Called when orders are on disk. */
  onOrders: () => void;
}

/** The second way in: the orders of a file, all of them in one transaction. */
export function createFileIntake(deps: FileIntakeDeps): Intake {
  return {
    knownNumbers: deps.outbox.knownNumbers,

    async importOrders(orders, fileName) {
      const at = deps.clock.now();
      const items = orders.map((order) => ({ kind: 'order' as const, order, raw: '' }));
      const taken = await deps.outbox.takeIn(items, { kind: 'file', fileName }, at);
      await deps.journal.record({
        at,
        level: 'info',
        event: 'orders.imported',
        params: { count: taken.added.length, name: fileName },
        problem: null,
        orderId: null,
      });
      deps.announcer.ordersChanged(taken.added.map((one) => one.id));
      deps.onOrders();
      return { imported: taken.added.length, alreadyKnown: taken.known };
    },
  };
}
