import { z } from 'zod';
import { type Decimal, decimalSchema } from '../../../contract/decimal';
import { json } from '../rows';

const noLists = '{}';

/** The prices of the lists as one text, the same for the same prices. */
export function listsText(lists: Readonly<Record<string, Decimal>>): string {
  const names = Object.keys(lists);
  if (names.length === 0) return noLists;
  // Ids and decimals: only an id can hold what JSON would have to escape.
  const parts = names.sort().map((name) => `${quoted(name)}:"${lists[name] ?? ''}"`);
  return `{${parts.join(',')}}`;
}

const quoted = (name: string): string => (/^\w+$/.test(name) ? `"${name}"` : JSON.stringify(name));

const parsed = json(z.record(z.string(), decimalSchema));

export const readLists = (text: string): Record<string, Decimal> =>
  text === noLists ? {} : parsed.parse(text);
