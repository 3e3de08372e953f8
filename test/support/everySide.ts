import type { SidesQuery } from '../../contract/catalogSides';

/** The comparison's first page, whatever stands in it. */
export const everySide: SidesQuery = {
  filter: 'all',
  note: null,
  search: '',
  sort: 'sku',
  descending: false,
  offset: 0,
  limit: 500,
};
