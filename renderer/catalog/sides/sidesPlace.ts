import type { Place } from '../../ui/table/TableRows';
import type { SidesQuery } from './useSides';

/** Where a person was in the list, so that they are there again when they come back from a product. */
export interface SidesPlace extends Place {
  query: SidesQuery;
}

export const firstPlace: SidesPlace = {
  query: { filter: 'all', note: null, search: '', sort: 'sku', descending: false },
  top: 0,
  active: 0,
};
