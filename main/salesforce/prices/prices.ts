import { ok, type Result } from '../../../contract/problem';
import type { PriceLookup, PriceMatch } from '../../engine/ports';
import { corporateCurrency, ownCurrency } from '../orgCurrency';
import type { OrgFacts } from '../orgFacts';
import type { Profile } from '../profile';
import type { Caller } from '../query';
import type { Remembered } from '../remember';
import type { PriceBook } from './priceBook';
import { findPriceEntries, type PriceScope } from './priceLookup';

/** So long an entry once found is taken as still there; what was not found is asked again every time. */
export const keepEntriesMs = 5 * 60_000;

export interface PricesOptions {
  session: Caller;
  profile: Profile;
  priceBook: Remembered<PriceBook>;
  facts: Remembered<OrgFacts>;
  now: () => number;
}

/** Price entries by SKU, remembered for a while: every order asks for them. */
export function createPrices(options: PricesOptions) {
  const kept = new Map<string, { entryId: string; until: number }>();
  let generation = 0;

  return {
    async lookUp(skus: readonly string[], signal: AbortSignal): Promise<Result<PriceLookup>> {
      // What was true last time is mostly still true: then everything is asked for at once.
      const assumed = scopeOf(options.priceBook.last(), options.facts.last());
      const [priceBook, facts, early] = await Promise.all([
        options.priceBook.get(signal),
        options.facts.get(signal),
        assumed === null ? null : matchAll(skus, assumed, signal),
      ]);
      if (!priceBook.ok) return priceBook;
      if (!facts.ok) return facts;
      const scope = scopeOf(priceBook.value, facts.value);
      const isStill = early !== null && keyOf(scope, '') === (assumed === null ? null : keyOf(assumed, ''));
      const matches = isStill ? early : await matchAll(skus, scope, signal);
      return matches.ok
        ? ok({
            priceBook: priceBook.value,
            currency: ownCurrency(facts.value.currency),
            matches: matches.value,
          })
        : matches;
    },

    /** An order with these entries was refused: one of them may have changed. */
    forgetEntries(entryIds: readonly string[]): void {
      const gone = new Set(entryIds);
      for (const [key, entry] of kept) if (gone.has(entry.entryId)) kept.delete(key);
    },

    forget(): void {
      generation += 1;
      kept.clear();
    },
  };

  async function matchAll(
    skus: readonly string[],
    scope: PriceScope,
    signal: AbortSignal,
  ): Promise<Result<Map<string, PriceMatch>>> {
    const startedIn = generation;
    const startedAt = options.now();
    const matches = new Map<string, PriceMatch>();
    for (const sku of skus) {
      const entry = kept.get(keyOf(scope, sku));
      if (entry !== undefined && startedAt < entry.until)
        matches.set(sku, { kind: 'one', entryId: entry.entryId });
    }
    const unknown = skus.filter((sku) => !matches.has(sku));
    if (unknown.length === 0) return ok(matches);
    const asked = await findPriceEntries(options.session, options.profile, scope, unknown, signal);
    if (!asked.ok) return asked;
    for (const [sku, match] of asked.value) {
      matches.set(sku, match);
      if (match.kind === 'one' && startedIn === generation)
        kept.set(keyOf(scope, sku), { entryId: match.entryId, until: startedAt + keepEntriesMs });
    }
    return ok(matches);
  }
}

function scopeOf(priceBook: PriceBook, facts: OrgFacts): PriceScope;
function scopeOf(priceBook: PriceBook | null, facts: OrgFacts | null): PriceScope | null;
function scopeOf(priceBook: PriceBook | null, facts: OrgFacts | null): PriceScope | null {
  return priceBook === null || facts === null
    ? null
    : { priceBookId: priceBook.id, currency: corporateCurrency(facts.currency) };
}

const keyOf = (scope: PriceScope, sku: string): string =>
  JSON.stringify([scope.priceBookId, scope.currency, sku]);
