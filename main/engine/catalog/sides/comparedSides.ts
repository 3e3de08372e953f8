import type { ProductScope } from '../../../../contract/catalogProduct';
import type { CatalogRules, UpdatePart } from '../../../../contract/catalogRules';
import type { OrgScope } from '../orgScope';
import type { TargetSources } from '../ports';
import type { ComparedSides } from './ports';

export interface ComparedParts {
  choice: ProductScope & { part: UpdatePart };
  scope: OrgScope;
  sources: TargetSources;
  rules: CatalogRules;
  /** When the reading began. */
  readAt: number;
  /** What was remembered before it. */
  before: ComparedSides | null;
}

/**
 * What targets were made of, to be remembered beside them; null where they do not say everything. Stock or prices alone
 * make nothing else older or newer: both sides are as old as when all of it was last read.
 */
export function comparedSides(parts: ComparedParts): ComparedSides | null {
  const { choice, scope, rules, readAt, before } = parts;
  const { prices, lists, stock } = parts.sources;
  if (scope.prices === null || prices === null || stock === null) return null;
  const compared: ComparedSides = {
    readAt,
    scope: { warehouse: choice.warehouse, companies: [...choice.companies] },
    warehouse: scope.warehouse?.name ?? null,
    priceBook: scope.prices.priceBook.name,
    sources: { prices, lists, stock },
    rules: rulesThatCount(rules),
  };
  if (choice.part === 'both') return compared;
  return before !== null && sameBut(before, compared) ? { ...compared, readAt: before.readAt } : null;
}

const sameBut = (one: ComparedSides, other: ComparedSides): boolean =>
  JSON.stringify([one.scope, one.sources, one.rules]) ===
  JSON.stringify([other.scope, other.sources, other.rules]);

/** The rules that the two sides are compared by, as a text that changes with them. */
export const rulesThatCount = ({ stock, prices, match }: CatalogRules): string =>
  JSON.stringify([stock, prices, match]);
