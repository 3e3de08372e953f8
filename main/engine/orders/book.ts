import type { ExportState, OrderDetail, OrderRow } from '../../../contract/export';
import type { StateCounts } from '../../../contract/status';

export interface OrderQuery {
  states: readonly ExportState[];
  /** Only orders that the store has changed since they were exported, and nobody has looked at yet. */
  changed: boolean;
  search: string;
  sort: 'newest' | 'oldest' | 'number' | 'buyer' | 'total';
  offset: number;
  limit: number;
}

/** What the window reads of the orders; it never writes. */
export interface OrderBook {
  list(query: OrderQuery): { rows: OrderRow[]; total: number };
  counts(): StateCounts;
  /** How many orders the store has changed since they were exported. */
  changed(): number;
  /** Null when there is no such order. */
  get(id: number): OrderDetail | null;
}
