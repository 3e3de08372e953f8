import type { UpdatePart } from '../../contract/catalogRules';

/** What two updates both write; null where that is nothing. */
export function commonPart(one: UpdatePart, other: UpdatePart): UpdatePart | null {
  if (one === 'both') return other;
  return other === 'both' || other === one ? one : null;
}
