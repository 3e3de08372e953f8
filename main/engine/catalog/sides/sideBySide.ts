import type {
  SideRow,
  SidesFilter,
  SidesPage,
  SidesQuery,
  SidesSummary,
  SidesView,
} from '../../../../contract/catalogSides';
import { compare } from '../compare';
import type { CatalogDeps } from '../deps';
import type { Turn } from '../turn';
import { namedUnreadables } from '../unreadable';
import { rulesThatCount } from './comparedSides';
import type { ComparedSides, SideFacts, SideList } from './ports';
import { sideRowOf } from './sideRow';
import { createSidesSummary } from './sidesSummary';
import { statusOf } from './status';

/** SKUs that are compared, or written into a report, in one go: some milliseconds each. */
const comparedAtOnce = 500;
const reportedAtOnce = 250;

interface Deps extends Pick<CatalogDeps, 'mirror' | 'compared' | 'rules'> {
  list: SideList;
  facts: SideFacts;
  turn: Turn;
}

/**
 * Both sides next to each other, out of what was last read. The list is laid down when somebody looks at it, and anew
 * when an update, or a comparison, has come to its end since; while one is at work the list stays.
 */
export function createSideBySide(deps: Deps) {
  const { mirror, compared, list, facts, turn } = deps;
  const ended = new AbortController();
  let version = 1;
  let laid: { version: number; summary: SidesSummary } | null = null;
  let waiting: Promise<unknown> = Promise.resolve();

  /** One thing at a time: nobody reads a list that is being laid down. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const answer = waiting.then(() => {
      ended.signal.throwIfAborted();
      return work();
    });
    waiting = answer.catch(() => undefined);
    return answer;
  }

  async function layDown(): Promise<SidesSummary> {
    if (laid?.version === version) return laid.summary;
    const mine = version;
    laid = null;
    const { match } = deps.rules();
    const summary = createSidesSummary();
    const nameless = await mirror.nameless(namedUnreadables);
    summary.addNameless(nameless.first, nameless.count);
    await list.clear();
    const stretches = [
      (after: string) => mirror.compareStore(after, comparedAtOnce),
      (after: string) => mirror.compareOrgAlone(after, comparedAtOnce),
    ];
    for (const read of stretches)
      for (let after: string | null = ''; after !== null; ) {
        ended.signal.throwIfAborted();
        const part: Awaited<ReturnType<typeof read>> = await read(after);
        const entries = part.rows.map((sides) => {
          const comparison = compare(sides, { part: 'both', match });
          summary.add(sides, comparison);
          const { change, notes } = comparison;
          const name = sides.store?.name ?? '';
          return { sku: sides.sku, name, status: statusOf(sides, comparison), change, notes };
        });
        await list.add(entries);
        after = part.next;
      }
    laid = { version: mine, summary: summary.get() };
    return laid.summary;
  }

  async function rowsOf(skus: readonly string[], { sources, scope }: ComparedSides): Promise<SideRow[]> {
    const { match } = deps.rules();
    const found = await facts.of(skus, sources);
    return found.map(({ sides, products }) =>
      sideRowOf(sides, compare(sides, { part: 'both', match }), products, scope.companies),
    );
  }

  return {
    /** Something may have changed. */
    touch(): void {
      if (!turn.isTaken()) version += 1;
    },

    async view(): Promise<Pick<SidesView, 'version' | 'compared' | 'outdated'>> {
      const known = await compared.get();
      if (known === null) return { version, compared: null, outdated: false };
      const { readAt, scope, warehouse, priceBook, rules } = known;
      const outdated = rules !== rulesThatCount(deps.rules()) || !(await compared.isSettled());
      return { version, compared: { readAt, scope, warehouse, priceBook }, outdated };
    },

    /** One page of the list, with the counts of all of it. */
    page: (query: SidesQuery): Promise<SidesPage> =>
      inTurn(async () => {
        const known = await compared.get();
        if (known === null) return { rows: [], total: 0, summary: createSidesSummary().get() };
        const summary = await layDown();
        const { skus, total } = await list.page(query);
        return { rows: await rowsOf(skus, known), total, summary };
      }),

    /** All rows that a filter lets through, in the order of their SKUs. */
    async *rows(filter: SidesFilter): AsyncGenerator<SideRow[]> {
      for (let after = ''; ; ) {
        const from = after;
        const rows = await inTurn(async () => {
          const known = await compared.get();
          if (known === null) return [];
          await layDown();
          return rowsOf(await list.after(from, filter, reportedAtOnce), known);
        });
        const last = rows.at(-1);
        if (last === undefined) return;
        yield rows;
        after = last.sku;
      }
    },

    /** Nothing is read from the disk after this. */
    async stop(): Promise<void> {
      ended.abort();
      await waiting;
    },
  };
}

export type SideBySide = ReturnType<typeof createSideBySide>;
