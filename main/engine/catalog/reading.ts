import type { UpdatePart } from '../../../contract/catalogRules';
import { ok, type Problem, type Result } from '../../../contract/problem';
import type { Clock } from '../ports';
import type { StoreProduct } from './compare';
import type { CatalogDeps } from './deps';
import { linkedAbort } from './linkedAbort';
import type { OrgScope, PriceScope, StockScope } from './orgScope';
import type {
  CatalogOrg,
  CatalogStore,
  Intake,
  Mirror,
  Source,
  StoreIntake,
  StoreReadRequest,
  TargetSources,
} from './ports';
import type { ReadingLine, ReadingProgress, ReadSource } from './readingProgress';
import type { ReadEnd, ReadRequest } from './readRequest';

const hourMs = 3_600_000;

export interface ReadingOptions {
  /** Everything is read, even what was read not long ago. */
  full: boolean;
  progress: ReadingProgress;
  signal: AbortSignal;
}

/** Whether anything was read whole, and the sources that targets are made from. */
export interface ReadSides {
  full: boolean;
  sources: TargetSources;
}

interface Deps extends Pick<CatalogDeps, 'rules'> {
  org: Pick<CatalogOrg, 'readProducts' | 'readPrices' | 'readStock'>;
  store: Pick<CatalogStore, 'read' | 'product'>;
  mirror: Pick<
    Mirror,
    | 'stateOf'
    | 'intakeProducts'
    | 'intakePrices'
    | 'intakeStock'
    | 'intakeStore'
    | 'unreadableSkus'
    | 'noteStore'
  >;
  clock: Pick<Clock, 'now'>;
}

/**
 * Brings the mirror up to date with both sides, everything that the update writes at the same time. Each source is read
 * whole when it never was, or not for long; else what changed since is enough. The first failure ends all of it; nothing
 * was changed then but the mirror, which the next reading goes on from.
 */
export async function readBothSides(
  deps: Deps,
  scope: OrgScope,
  part: UpdatePart,
  options: ReadingOptions,
): Promise<Result<ReadSides>> {
  const { org, store, mirror, clock } = deps;
  const { controller: stop, unlink } = linkedAbort(options.signal);
  const { signal } = stop;
  let anyFull = false;
  let storeWhole = false;
  let failure: Problem | null = null;

  async function read<Row, Into extends Intake<Row>>(
    shown: ReadSource,
    source: Source,
    open: (full: boolean) => Promise<Into>,
    from: (request: ReadRequest<Row>, intake: Into, line: ReadingLine) => Promise<Result<ReadEnd>>,
  ): Promise<void> {
    const state = await mirror.stateOf(source);
    const since = options.full || state === null || isOld(state.readAt) ? null : state.mark;
    anyFull ||= since === null;
    const startedAt = clock.now();
    const intake = await open(since === null);
    const line = options.progress.line(shown);
    const request: ReadRequest<Row> = {
      since,
      signal,
      onTotal: line.total,
      onWaiting: line.waiting,
      async take(rows) {
        await intake.take(rows);
        line.rows(rows.length);
      },
    };
    const end = await from(request, intake, line).finally(line.end);
    if (!end.ok) {
      failure ??= end.problem;
      stop.abort();
      return;
    }
    await intake.finish({ mark: end.value.mark, at: startedAt });
    line.done();
  }

  function isOld(readAt: number): boolean {
    const age = clock.now() - readAt;
    return age < 0 || age > deps.rules().schedule.fullEveryHours * hourMs;
  }

  async function readStore(
    request: ReadRequest<StoreProduct>,
    intake: StoreIntake,
    line: ReadingLine,
  ): Promise<Result<ReadEnd>> {
    storeWhole = request.since === null;
    return store.read({ ...request, setAside: settingAside(intake, line) });
  }

  const { prices, stock } = scope;
  const reads = [
    read('products', { kind: 'products' }, mirror.intakeProducts, org.readProducts),
    read('store', { kind: 'store' }, mirror.intakeStore, readStore),
  ];
  if (part !== 'stock' && prices !== null)
    for (const id of booksOf(prices)) {
      const source = priceSource(prices, id);
      const open = (full: boolean) => mirror.intakePrices(source, full);
      reads.push(read('prices', source, open, (request) => org.readPrices(prices, id, request)));
    }
  if (part !== 'prices' && stock !== null) {
    const source = stockSource(stock);
    const open = (full: boolean) => mirror.intakeStock(source, full);
    reads.push(read('stock', source, open, (request) => org.readStock(stock, request)));
  }
  // What nobody expected ends the others as well, and all are awaited: none goes on behind the run's back.
  for (const one of reads) one.catch(() => stop.abort());
  const thrown = (await Promise.allSettled(reads).finally(unlink)).find(
    ({ status }) => status === 'rejected',
  );
  if (thrown?.status === 'rejected') throw thrown.reason;
  if (failure !== null) return { ok: false, problem: failure };
  if (!storeWhole) await askAgain(deps, options.signal);
  return ok({ full: anyFull, sources: await knownSources(mirror, scope) });
}

/**
 * What targets can be made of: what has been read now, and what was at some time. So an update of stock alone leaves the
 * targets of prices what they were, and the next of both has not every SKU thought over anew.
 */
async function knownSources(
  mirror: Pick<Mirror, 'stateOf'>,
  { prices, stock }: OrgScope,
): Promise<TargetSources> {
  const isKnown = async (source: Source) => (await mirror.stateOf(source)) !== null;
  const ofStock = stock && stockSource(stock);
  const known: TargetSources = {
    prices: null,
    lists: [],
    stock: ofStock !== null && (await isKnown(ofStock)) ? ofStock : null,
  };
  if (prices === null) return known;
  for (const id of booksOf(prices)) if (!(await isKnown(priceSource(prices, id)))) return known;
  const lists = prices.lists.map(({ list, priceBook }) => ({
    list,
    source: priceSource(prices, priceBook.id),
  }));
  return { ...known, prices: priceSource(prices, prices.priceBook.id), lists };
}

const booksOf = ({ priceBook, lists }: PriceScope): Set<string> =>
  new Set([priceBook.id, ...lists.map((one) => one.priceBook.id)]);

const priceSource = ({ currency }: PriceScope, priceBookId: string): Source => ({
  kind: 'prices',
  priceBookId,
  currency,
});

const stockSource = ({ warehouses }: StockScope): Source => ({ kind: 'stock', warehouses });

/** Sets products of the store aside, which have been read all the same. */
export const settingAside =
  (intake: StoreIntake, line: ReadingLine): StoreReadRequest['setAside'] =>
  async (products) => {
    await intake.setAside(products);
    line.rows(products.length);
  };

/** So many products that could not be read are asked for one by one. */
const mostAskedAgain = 50;

/**
 * Asks once more for the store's products that cannot be read: a store that was mended sends them well again, and need not
 * count that as a change of theirs. What still cannot be read stays set aside.
 */
async function askAgain(
  { store, mirror }: Pick<Deps, 'store' | 'mirror'>,
  signal: AbortSignal,
): Promise<void> {
  for (const sku of await mirror.unreadableSkus(mostAskedAgain)) {
    const found = await store.product(sku, signal);
    if (!found.ok) return;
    await mirror.noteStore(sku, found.value);
  }
}
