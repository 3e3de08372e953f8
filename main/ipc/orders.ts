import { failed, ok, problem } from '../../contract/problem';
import type { AfterExport } from '../engine/orders/afterExport';
import type { OrderBook } from '../engine/orders/book';
import type { Desk } from '../engine/orders/desk';
import type { Org } from '../engine/ports';

import type { Handlers } from './handlers';

export interface OrdersDeps {
  bridge: () => { desk: Desk; book: OrderBook; afterExport: AfterExport } | null;
  org: () => Org | null;
  openInBrowser: (address: string) => Promise<boolean>;
}

type Names = Extract<keyof Handlers, `orders.${string}`>;

const closed = () => failed(problem('settings.incomplete'));
const notFound = () => failed(problem('app.notFound'));

export function ordersHandlers({ bridge, org, openInBrowser }: OrdersDeps): Pick<Handlers, Names> {
  async function onDesk(work: (desk: Desk) => Promise<number>) {
    const current = bridge();
    return current === null ? closed() : ok({ accepted: await work(current.desk) });
  }

  return {
    'orders.list': (query) => {
      const current = bridge();
      if (current === null) return closed();
      return ok({
        ...current.book.list(query),
        counts: current.book.counts(),
        changed: current.book.changed(),
      });
    },
    'orders.get': ({ id }) => {
      const detail = bridge()?.book.get(id) ?? null;
      return detail === null ? notFound() : ok(detail);
    },
    'orders.outgoing': async ({ id }) => {
      const current = bridge();
      const detail = current?.book.get(id) ?? null;
      if (current === null || detail === null || detail.order === null) return notFound();
      return current.desk.outgoing(detail.order, detail.exportKey, new AbortController().signal);
    },
    'orders.sendNow': ({ ids }) => onDesk((desk) => desk.sendNow(ids)),
    'orders.sendAll': ({ states }) => onDesk((desk) => desk.sendAll(states)),
    'orders.hold': ({ ids, reason }) => onDesk((desk) => desk.hold(ids, reason)),
    'orders.release': ({ ids }) => onDesk((desk) => desk.release(ids)),
    'orders.dismiss': ({ ids, reason }) => onDesk((desk) => desk.dismiss(ids, reason)),
    'orders.restore': ({ ids }) => onDesk((desk) => desk.restore(ids)),
    'orders.undo': async ({ id, overwrite }) => bridge()?.afterExport.undo(id, overwrite) ?? closed(),
    'orders.sendChange': async ({ id, overwrite }) =>
      bridge()?.afterExport.sendChange(id, overwrite) ?? closed(),
    'orders.markSeen': async ({ ids }) => {
      const current = bridge();
      return current === null ? closed() : ok({ accepted: await current.afterExport.markSeen(ids) });
    },
    'orders.openInOrg': async ({ id }) => {
      const status = bridge()?.book.get(id)?.status;
      const address = status?.state === 'exported' ? (org()?.orderUrl(status.orgId) ?? null) : null;
      if (address === null) return notFound();
      return (await openInBrowser(address)) ? ok(undefined) : notFound();
    },
  };
}
