import type { SideStatus } from '../../../../contract/catalogSides';
import type { BothSides, Comparison } from '../compare';

/** How the two sides of a SKU stand. A near miss is told before "only here": it most likely is no such thing. Pure. */
export function statusOf({ target, similar, repeated }: BothSides, { status }: Comparison): SideStatus {
  if (status === 'storeOnly' || status === 'orgOnly') return similar === null ? status : 'similar';
  if (status === 'equal' && (repeated || target === null || wantsNothing(target))) return 'leftAlone';
  return status;
}

const wantsNothing = ({ stock, price, lists }: NonNullable<BothSides['target']>): boolean =>
  stock === null && price === null && Object.keys(lists).length === 0;
