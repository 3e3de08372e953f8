import type { ExportState } from '../../contract/export';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';
import { usePages } from '../ui/usePages';

export interface OrdersQuery {
  states: ExportState[];
  changed: boolean;
  search: string;
  sort: 'newest' | 'oldest' | 'number' | 'buyer' | 'total';
}

/** The orders of a query, fetched page by page as the list scrolls, and anew when orders change. */
export function useOrders(query: OrdersQuery) {
  const { latest, ...pages } = usePages(JSON.stringify(query), (offset, limit) =>
    call('orders.list', { ...query, offset, limit }),
  );
  useEvent('orders.changed', pages.refresh);
  /** `changed`: how many orders the store has changed since they were exported. */
  return { ...pages, changed: latest?.changed ?? 0 };
}
