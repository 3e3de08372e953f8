import type { Clock } from '../../ports';
import type { CatalogOrg } from '../ports';

interface OrgNamesDeps {
  org: Pick<CatalogOrg, 'namesOf'>;
  clock: Clock;
}

/** So many names are kept; beyond them all are asked for anew. */
const mostKept = 20_000;
/** After an answer that did not come, the org is left alone for so long: names are only nice to have. */
const restMs = 30_000;

/** The org's names of SKUs, for rows that the store has no name for. Asked for once while the program runs. */
export function createOrgNames({ org, clock }: OrgNamesDeps) {
  const known = new Map<string, string>();
  const ended = new AbortController();
  let restUntil = 0;

  return {
    /** The names that are known by then, by their SKUs; an org that is away leaves out what was not known before. */
    async of(skus: readonly string[]): Promise<Record<string, string>> {
      const missing = skus.filter((sku) => !known.has(sku));
      const rest = restUntil - clock.now();
      // A clock that was set back must not make a long wait of it.
      if (missing.length > 0 && (rest <= 0 || rest > restMs)) await ask(missing);
      return Object.fromEntries(
        skus.flatMap((sku) => {
          const name = known.get(sku);
          return name === undefined ? [] : [[sku, name]];
        }),
      );
    },

    stop: () => ended.abort(),
  };

  async function ask(skus: readonly string[]): Promise<void> {
    const names = await org.namesOf(skus, ended.signal);
    if (!names.ok) {
      restUntil = clock.now() + restMs;
      return;
    }
    if (known.size + skus.length > mostKept) known.clear();
    // A SKU that is gone by now has no name, which is known as well.
    for (const sku of skus) known.set(sku, names.value.get(sku) ?? '');
  }
}

export type OrgNames = ReturnType<typeof createOrgNames>;
