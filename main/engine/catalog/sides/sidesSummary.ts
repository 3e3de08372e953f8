import type { SidesSummary } from '../../../../contract/catalogSides';
import type { BothSides, Comparison } from '../compare';
import { createUnreadables, type UnreadableProduct } from '../unreadable';
import { statusOf } from './status';

/** Counts both sides SKU by SKU, for the front page of the report. */
export function createSidesSummary() {
  const summary: SidesSummary = {
    inStore: 0,
    inOrg: 0,
    statuses: { equal: 0, differs: 0, storeOnly: 0, orgOnly: 0, similar: 0, leftAlone: 0, unreadable: 0 },
    differs: 0,
    stock: 0,
    price: 0,
    duplicate: 0,
    notes: {},
    nameless: { count: 0, first: [] },
  };
  const nameless = createUnreadables();
  return {
    add(sides: BothSides, comparison: Comparison): void {
      const { change, notes } = comparison;
      if (sides.store !== null) summary.inStore += 1;
      if (sides.target !== null) summary.inOrg += 1;
      summary.statuses[statusOf(sides, comparison)] += 1;
      if (change !== null) {
        summary.differs += 1;
        if (change.stock !== null) summary.stock += 1;
        if (change.price !== null || change.lists.length > 0) summary.price += 1;
      }
      if (notes.includes('duplicateInOrg') || notes.includes('duplicateInStore')) summary.duplicate += 1;
      for (const note of notes) summary.notes[note] = (summary.notes[note] ?? 0) + 1;
    },
    /** So many products whose SKU cannot be read, of which these are the first. */
    addNameless: (first: readonly UnreadableProduct[], count: number): void => nameless.add(first, count),
    get: (): SidesSummary => ({ ...structuredClone(summary), nameless: nameless.get() }),
  };
}
