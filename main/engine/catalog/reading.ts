import type { Reading } from '../../../contract/catalog';
import type { Problem, Result } from '../../../contract/problem';
import type { CatalogDeps } from './deps';
import { linkedAbort } from './linkedAbort';
import type { Intake, OrgScope, ReadEnd, ReadRequest, Source, TargetSources } from './ports';

const hourMs = 3_600_000;

export interface ReadingOptions {
  /** Everything is read, even what was read not long ago. */
  full: boolean;
  onProgress: (reading: Reading) => void;
  signal: AbortSignal;
}

/** Whether anything was read whole, and the sources that targets are made from. */
export interface ReadSides {
  full: boolean;
  sources: TargetSources;
}

type Deps = Pick<CatalogDeps, 'org' | 'store' | 'mirror' | 'rules' | 'clock'>;

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
  const reading = blankReading();
  let anyFull = false;
  let failure: Problem | null = null;

  async function read<Row>(
    shown: keyof Reading,
    source: Source,
    open: (full: boolean) => Promise<Intake<Row>>,
    from: (request: ReadRequest<Row>) => Promise<Result<ReadEnd>>,
  ): Promise<void> {
    const state = await mirror.stateOf(source);
    const since = options.full || state === null || isOld(state.readAt) ? null : state.mark;
    anyFull ||= since === null;
    const startedAt = clock.now();
    const intake = await open(since === null);
    const progress = reading[shown];
    const end = await from({
      since,
      signal,
      onTotal(total) {
        progress.total = (progress.total ?? 0) + total;
        options.onProgress(reading);
      },
      async take(rows) {
        await intake.take(rows);
        progress.rows += rows.length;
        options.onProgress(reading);
      },
    });
    if (!end.ok) {
      failure ??= end.problem;
      stop.abort();
      return;
    }
    await intake.finish({ mark: end.value.mark, at: startedAt });
    progress.done = true;
    options.onProgress(reading);
  }

  function isOld(readAt: number): boolean {
    const age = clock.now() - readAt;
    return age < 0 || age > deps.rules().schedule.fullEveryHours * hourMs;
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

  await Promise.all([
    read('products', { kind: 'products' }, mirror.intakeProducts, org.readProducts),
    ...[...books].map(readPrices),
    read(
      'stock',
      stock,
      (full) => mirror.intakeStock(stock, full),
      (request) => org.readStock(scope, request),
    ),
    read('store', { kind: 'store' }, mirror.intakeStore, store.read),
  ])
    .catch((error: unknown) => {
      // What broke off one reading must not leave the others at work behind the run's back.
      stop.abort();
      throw error;
    })
    .finally(unlink);
  if (failure !== null) return { ok: false, problem: failure };
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

function blankReading(): Reading {
  const blank = () => ({ rows: 0, total: null, done: false });
  return { products: blank(), prices: blank(), stock: blank(), store: blank() };
}
