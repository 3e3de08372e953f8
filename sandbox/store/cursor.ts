import { Refusal } from './refusal';

export type List = 'order' | 'product';

/** Cursors are opaque to clients; inside they say which list they belong to, of which age, and where in it. */
export function writeCursor(list: List, age: number, place: string): string {
  const name = age === 0 ? list : `${list}@${age}`;
  return Buffer.from(`${name}:${place}`, 'utf8').toString('base64url');
}

/** The place behind a cursor; null for none. Throws for one of another list, or of an age that is forgotten. */
export function readCursor(text: string | null, list: List, age: number): string | null {
  if (text === null || text === '') return null;
  const plain = Buffer.from(text, 'base64url').toString('utf8');
  const match = /^(order|product)(?:@(\d+))?:(.*)$/s.exec(plain);
  const place = match?.[3] ?? '';
  if (match?.[1] !== list || (list === 'order' && !/^\d+$/.test(place))) {
    throw new Refusal(400, 'invalid_cursor', 'This cursor was not given out by this list.', 'after');
  }
  if (Number(match[2] ?? 0) !== age) {
    throw new Refusal(400, 'invalid_cursor', 'This cursor is gone; begin again without one.', 'after');
  }
  return place;
}
