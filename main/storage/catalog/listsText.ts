import type { Decimal } from '../../../contract/decimal';
import { decimal } from './columns';

const noLists = '{}';

/** The prices of the lists as one text, the same for the same prices. */
export function listsText(lists: Readonly<Record<string, Decimal>>): string {
  if (isBlank(lists)) return noLists;
  // Ids and decimals: only an id can hold what JSON would have to escape.
  let text = '';
  for (const name of sorted(Object.keys(lists)))
    text += `${text === '' ? '' : ','}${quoted(name)}:"${lists[name] ?? ''}"`;
  return `{${text}}`;
}

/** In place. Lists are few: what the built-in sort sets aside for its work would be felt over a catalogue. */
function sorted(names: string[]): string[] {
  for (const [at, name] of names.entries()) {
    let place = at;
    for (let before = names[place - 1]; before !== undefined && before > name; before = names[place - 1]) {
      names[place] = before;
      place -= 1;
    }
    names[place] = name;
  }
  return names;
}

/** Most stores have no lists: asking for the names of none would be felt over a catalogue. */
export function isBlank(lists: Readonly<Record<string, Decimal>>): boolean {
  for (const _name in lists) return false;
  return true;
}

const quoted = (name: string): string => (/^\w+$/.test(name) ? `"${name}"` : JSON.stringify(name));

/** Checked by hand: a schema's cost is felt, since a catalogue has hundreds of thousands of them. */
export function readLists(text: string): Record<string, Decimal> {
  if (text === noLists) return {};
  const kept: unknown = JSON.parse(text);
  if (typeof kept !== 'object' || kept === null) throw new Error('prices of lists are no object');
  const lists: Record<string, Decimal> = {};
  for (const [name, price] of Object.entries(kept)) lists[name] = decimal(price);
  return lists;
}
