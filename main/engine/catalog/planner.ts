import type { PlanSummary } from '../../../contract/catalog';
import type { CatalogRules, UpdatePart } from '../../../contract/catalogRules';
import { later } from '../later';
import { type BothSides, compare, hasStock } from './compare';
import type { CatalogDeps } from './deps';
import { type NewRow, rowsOfPart, type TargetSources, type Think } from './ports';
import { createSummary, type SummaryBuilder } from './summary';
import { targetOf } from './target';
import { namedUnreadables } from './unreadable';

export interface PlanOptions {
  rules: CatalogRules;
  companies: readonly string[];
  part: UpdatePart;
  sources: TargetSources;
  /** Only these SKUs are planned; null: all of them. */
  only: ReadonlySet<string> | null;
  onProgress: (compared: number, total: number) => void;
  signal: AbortSignal;
}

type Deps = Pick<CatalogDeps, 'mirror' | 'runs' | 'openOrders'>;
type TargetOptions = Pick<PlanOptions, 'rules' | 'companies' | 'sources' | 'signal'>;

/** Makes the plan of a run from the mirror: its rows are on disk when it is done. Rejects when it is called off. */
export async function makePlan(deps: Deps, run: number, options: PlanOptions): Promise<PlanSummary> {
  const counting = later(deps.mirror.storeStock());
  await aim(deps, options);
  const summary = createSummary();
  // First of all: nowhere else are they told by name.
  const nameless = options.only === null ? await deps.mirror.nameless(namedUnreadables) : null;
  if (nameless !== null) summary.addUnreadable(nameless.first, nameless.count);
  const looked = { products: 0, inStock: 0 };
  let passed = 0;
  let rows: NewRow[] = [];
  let added: Promise<void> = Promise.resolve();
  try {
    for await (const part of deps.mirror.worthALook(thinkBy(options), options.signal)) {
      const store = await counting;
      for (const { store: product } of part.rows) {
        if (product === null) continue;
        looked.products += 1;
        if (hasStock(product.stock)) looked.inStock += 1;
      }
      rows.push(...rowsOf(part.rows, options, summary));
      const whole = rows.length - (rows.length % rowsOfPart);
      await added;
      added = later(deps.runs.addRows(run, rows.slice(0, whole)));
      rows = rows.slice(whole);
      passed += part.passed;
      options.onProgress(Math.min(passed, store.products), store.products);
    }
  } finally {
    // Called off, nothing more is to come into a run that may be gone.
    await Promise.allSettled([added]);
  }
  await added;
  await deps.runs.addRows(run, rows);
  const store = await counting;
  summary.addEqual(store.products - looked.products, store.inStock - looked.inStock);
  return summary.get();
}

/** Has every SKU thought over whose facts or rules have changed. */
export async function makeTargets(
  deps: Pick<Deps, 'mirror' | 'openOrders'>,
  options: TargetOptions,
): Promise<void> {
  await aim(deps, options);
  await deps.mirror.thinkOver(thinkBy(options), options.signal);
}

async function aim(
  { mirror, openOrders }: Pick<Deps, 'mirror' | 'openOrders'>,
  { rules: { stock, prices, match }, companies, sources }: TargetOptions,
): Promise<void> {
  await mirror.aim(sources, JSON.stringify([stock, prices, match, companies]));
  if (stock.openOrders) await mirror.setOpenUnits(await openOrders.units());
}

function thinkBy({ rules, companies, sources }: TargetOptions): Think {
  const ours = new Set(companies);
  const of = { prices: sources.prices !== null, stock: sources.stock !== null };
  return (facts) => targetOf(facts, rules, ours, of);
}

const comparisonRules = ({ part, rules }: Pick<PlanOptions, 'part' | 'rules'>) => ({
  part,
  match: rules.match,
});

function rowsOf(sides: readonly BothSides[], options: PlanOptions, summary: SummaryBuilder): NewRow[] {
  const rows: NewRow[] = [];
  for (const one of sides) {
    if (options.only !== null && !options.only.has(one.sku)) {
      summary.addBeside(one);
      continue;
    }
    const comparison = compare(one, comparisonRules(options));
    summary.add(one, comparison);
    if (comparison.change !== null)
      rows.push({ sku: one.sku, name: one.store?.name ?? '', ...comparison.change, state: 'pending' });
  }
  return rows;
}
