import type { SandboxClock } from './clock';
import type { Faults } from './http/faults';
import type { RunningServer } from './http/server';
import type { MailboxHandle } from './mailbox';
import type { OrgHandle } from './org';
import type { OrderKind, OrderWorld } from './seed/orders';
import type { StoreHandle } from './store';
import type { StoreOrder } from './store/order';
import type { OrderEdit } from './store/revision';
import type { OrderFlaw } from './store/switches';

/** What the sandbox is made of, and what can be done to it. */
export interface SandboxParts {
  org: OrgHandle;
  store: StoreHandle;
  mailbox: MailboxHandle;
  faults: Faults;
  clock: SandboxClock;
  world: OrderWorld;
  /**
   * Confirms the next `count` sample orders in the store, of the kind asked for; with `flaw` the store sends
   * all of them wrong. Answers what was meant, not what is sent.
   */
  confirmOrders(count: number, options?: OrderKind & { flaw?: OrderFlaw | null }): StoreOrder[];
  /** Changes a confirmed order in the store, which gives it out again. Null when there is none of this number. */
  editOrder(number: string, edit: OrderEdit): StoreOrder | null;
  /** Calls a confirmed order off in the store; the same otherwise. */
  cancelOrder(number: string): StoreOrder | null;
  /** Org, store and mailbox as at their first start, and no faults; switches and the clock stay as they are. */
  reset(): Promise<void>;
}

/** A Salesforce org, a store and a mailbox on this computer. */
export interface Sandbox extends SandboxParts {
  /** The control server, where a port was asked for. */
  control: RunningServer | null;
  stop(): Promise<void>;
}
