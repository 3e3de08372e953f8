import type { ProductScope } from '../../../../contract/catalogProduct';
import type { CatalogRules } from '../../../../contract/catalogRules';
import type { OrgScope, TargetSources } from '../ports';
import type { ComparedSides } from './ports';

export interface ComparedParts {
  choice: ProductScope;
  scope: OrgScope;
  sources: TargetSources;
  rules: CatalogRules;
  /** When the reading began. */
  readAt: number;
}

/** What targets were made of, to be remembered beside them. */
export function comparedSides({ choice, scope, sources, rules, readAt }: ComparedParts): ComparedSides {
  return {
    readAt,
    scope: { warehouse: choice.warehouse, companies: [...choice.companies] },
    warehouse: scope.warehouse?.name ?? null,
    priceBook: scope.priceBook.name,
    sources,
    rules: rulesThatCount(rules),
  };
}

/** The rules that the two sides are compared by, as a text that changes with them. */
export const rulesThatCount = ({ stock, prices, match }: CatalogRules): string =>
  JSON.stringify([stock, prices, match]);
