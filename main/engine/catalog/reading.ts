import type { Problem, Result } from '../../../contract/problem';
import type { Clock } from '../ports';
import type { StoreProduct } from './compare';
import type { CatalogDeps } from './deps';
import { linkedAbort } from './linkedAbort';
import type {
  CatalogOrg,
  CatalogStore,
  Intake,
  Mirror,
  OrgScope,
  ReadEnd,
  ReadRequest,
  Source,
  StoreIntake,
  StoreReadRequest,
  TargetSources,
} from './ports';
import type { ReadingLine, ReadingProgress, ReadSource } from './readingProgress';

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
 * Brings the mirror up to date with both sides, everything at the same time. Each source is read whole when it never
 * was, or not for long; else what changed since is enough. The first failure ends all of it; nothing was changed then
 * but the mirror, which the next reading goes on from.
 */
export async function readBothSides(
  deps: Deps,
  scope: OrgScope,
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
    const end = await from(request, intake, line);
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

  const pricesOf = (priceBookId: string): Source => ({
    kind: 'prices',
    priceBookId,
    currency: scope.currency,
  });
  const readPrices = (priceBookId: string) =>
    read(
      'prices',
      pricesOf(priceBookId),
      (full) => mirror.intakePrices(pricesOf(priceBookId), full),
      (request) => org.readPrices(scope, priceBookId, request),
    );
  const stock: Source = { kind: 'stock', warehouses: scope.stockOf };
  const books = new Set([scope.priceBook.id, ...scope.lists.map(({ priceBook }) => priceBook.id)]);

  const reads = [
    read('products', { kind: 'products' }, mirror.intakeProducts, org.readProducts),
    ...[...books].map(readPrices),
    read(
      'stock',
      stock,
      (full) => mirror.intakeStock(stock, full),
      (request) => org.readStock(scope, request),
    ),
    read('store', { kind: 'store' }, mirror.intakeStore, readStore),
  ];
  // What nobody expected ends the others as well, and all are awaited: none goes on behind the run's back.
  for (const one of reads) one.catch(() => stop.abort());
  const thrown = (await Promise.allSettled(reads).finally(unlink)).find(
    ({ status }) => status === 'rejected',
  );
  if (thrown?.status === 'rejected') throw thrown.reason;
  if (failure !== null) return { ok: false, problem: failure };
  if (!storeWhole) await askAgain(deps, options.signal);
  return {
    ok: true,
    value: {
      full: anyFull,
      sources: {
        prices: pricesOf(scope.priceBook.id),
        lists: scope.lists.map(({ list, priceBook }) => ({ list, source: pricesOf(priceBook.id) })),
        stock,
      },
    },
  };
}

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
