import type { EventPayload } from '../../contract/calls';
import type { EventName } from '../../contract/names';
import type { Saving } from '../../contract/saving';
import type { Status } from '../../contract/status';
import type { Announcer } from '../engine/ports';

/** Changes are gathered this long, so that a backlog of thousands does not drown the window. */
const gatherMs = 200;
/** With more changed orders than this, the window is told "many" and fetches its page anew. */
const manyOrders = 200;

export interface Announcements extends Announcer {
  logChanged(lastId: number): void;
  /** An update of stock and prices has moved on. */
  catalogChanged(): void;
  /** Files that are being saved have moved on. */
  savingsChanged(): void;
  statusChanged(): void;
}

/** Gathers what changes and tells the window a few times a second. */
export function createAnnouncements(
  send: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void,
  status: () => Status,
  savings: () => Saving[],
): Announcements {
  let ids = new Set<number>();
  let many = false;
  let ordersDirty = false;
  let statusDirty = false;
  let catalogDirty = false;
  let savingsDirty = false;
  let lastLogId: number | null = null;
  let timer: NodeJS.Timeout | null = null;

  function soon(): void {
    if (timer === null) timer = setTimeout(flush, gatherMs);
  }

  function flush(): void {
    timer = null;
    if (ordersDirty) send('orders.changed', { ids: many ? null : [...ids] });
    if (ordersDirty || statusDirty) send('status.changed', status());
    if (catalogDirty) send('catalog.changed', {});
    if (savingsDirty) send('saving.changed', { savings: savings() });
    if (lastLogId !== null) send('log.changed', { lastId: lastLogId });
    ids = new Set();
    many = false;
    ordersDirty = false;
    statusDirty = false;
    catalogDirty = false;
    savingsDirty = false;
    lastLogId = null;
  }

  return {
    ordersChanged(changed) {
      ordersDirty = true;
      if (changed.length === 0 || ids.size + changed.length > manyOrders) many = true;
      else for (const id of changed) ids.add(id);
      soon();
    },
    linkChanged() {
      statusDirty = true;
      soon();
    },
    catalogChanged() {
      catalogDirty = true;
      soon();
    },
    savingsChanged() {
      savingsDirty = true;
      soon();
    },
    statusChanged() {
      statusDirty = true;
      soon();
    },
    logChanged(lastId) {
      lastLogId = lastId;
      soon();
    },
  };
}
