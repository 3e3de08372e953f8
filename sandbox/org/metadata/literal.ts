import { MetadataProblem } from './problem';

/**
 * A default value as text. In Salesforce it is a formula, save for checkboxes; the sandbox knows the simplest
 * ones, a quoted text and a number. Throws MetadataProblem.
 */
export function literal(name: string, formula: string, kind: 'text' | 'number'): string {
  const given = formula.trim();
  const known =
    kind === 'number'
      ? /^-?\d+(?:\.\d+)?$/.exec(given)?.[0]
      : (/^"([^"\\]*)"$/.exec(given)?.[1] ?? /^'([^'\\]*)'$/.exec(given)?.[1]);
  if (known !== undefined) return known;
  throw new MetadataProblem(`${name}: the sandbox does not run formulas, its default value is no constant`);
}
