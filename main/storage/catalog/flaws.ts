import { type UnreadableNote, unreadableNotes } from '../../../contract/catalog';

/*
 * What is wrong with a product of the store, as bits of one column: the first says that the SKU is there more than once,
 * the others why it cannot be read. Nearly all are 0, and a row costs nothing more for it.
 */

const repeatedBit = 1;
const none: readonly UnreadableNote[] = [];

/** SQL that leaves of a column's flaws what only a whole reading can tell. */
export const lastingFlaws = `store.flaws & ${repeatedBit}`;
export const isUnreadableSql = `flaws > ${repeatedBit}`;
export const repeatedSql = `flaws | ${repeatedBit}`;

export const isRepeated = (flaws: number): boolean => (flaws & repeatedBit) !== 0;

/** Why a product cannot be read; empty where it can. */
export function unreadableBy(flaws: number): readonly UnreadableNote[] {
  return flaws <= repeatedBit ? none : unreadableNotes.filter((_note, index) => (flaws & bitAt(index)) !== 0);
}

export function flawsOf(notes: readonly UnreadableNote[], repeated: boolean): number {
  return unreadableNotes.reduce(
    (flaws, note, index) => (notes.includes(note) ? flaws | bitAt(index) : flaws),
    repeated ? repeatedBit : 0,
  );
}

const bitAt = (index: number): number => 2 << index;
