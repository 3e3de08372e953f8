import type { Places, ProductChange, RunRow } from '../../../contract/catalog';
import { ok, type Problem, type Result } from '../../../contract/problem';
import { backoff } from '../orders/backoff';
import { batchesAtOnce, placesOf } from './batches';
import type { CatalogDeps } from './deps';
import { beyond } from './ownUpdates';
import type { NewRow, PlacedRow, Refusals, StoreWrite, WriteResult } from './ports';

const waits = { firstMs: 1_000, maxMs: 60_000 };
/** Answers that make no sense, one after the other, until a person has to look: the next would be no better. */
const mostBadAnswers = 5;

export interface ApplyListener {
  /** So many rows more have been answered, so many of them with a no. */
  onRows(rows: number, refused: number): void;
  /** The store is in trouble; null when it is well again. */
  onWaiting(waiting: { problem: Problem; nextTryAt: number } | null): void;
}

/** What products' own updates and a run have to know of each other. */
export interface AlongsideRun {
  /** What own updates have written meanwhile, by SKU: what the run knows of it is older. */
  readonly leftAlone: ReadonlyMap<string, ProductChange>;
  /** Settles when none of these products is being updated by itself any more; null where none is. */
  readonly held: (skus: Iterable<string>) => Promise<unknown> | null;
  /** Batches on their way to the store. */
  readonly onWay: Set<BatchOnWay>;
  /** Where rows are that may have been written without the run knowing it: on their way, or their answer was lost. */
  readonly inDoubt: Set<Places>;
}

export interface BatchOnWay {
  skus: ReadonlySet<string>;
  /** The store has answered, and what it said is on disk. */
  settled: Promise<unknown>;
}

/** `stopped`: called off, by a pause or for good. `blocked`: a person has to mend something first. */
export type ApplyEnd = { kind: 'done' } | { kind: 'stopped' } | { kind: 'blocked'; problem: Problem };

type Deps = Pick<CatalogDeps, 'store' | 'runs' | 'clock' | 'random'>;

const never = new AbortController().signal;

/**
 * Writes the waiting rows of a run into the store, batch by batch. What the store has answered is on disk before the next
 * batch goes; a batch whose answer was lost is written again, which is harmless. Trouble that passes is waited for.
 */
export async function applyRows(
  deps: Deps,
  run: number,
  { leftAlone, held, onWay, inDoubt }: AlongsideRun,
  listener: ApplyListener,
  signal: AbortSignal,
): Promise<ApplyEnd> {
  const { store, runs, clock } = deps;
  let place: number | null = 0;
  let blocked: Problem | null = null;
  let reading: Promise<unknown> = Promise.resolve();
  let holdUntil = 0;
  let longestHold = 0;
  let broken = false;

  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const isOver = () => signal.aborted || blocked !== null || broken;

  /** The next rows that wait, each batch to one worker. */
  async function nextBatch(): Promise<PlacedRow[]> {
    const mine = reading.then(async () => {
      if (place === null) return [];
      const { rows, next } = await runs.rowsIn(run, 'pending', place, store.mostItems);
      place = next;
      return rows;
    });
    reading = mine;
    return mine;
  }

  async function work(): Promise<void> {
    while (!isOver()) {
      const rows = await nextBatch();
      if (rows.length === 0) return;
      await writeBatch(rows);
    }
  }

  async function writeBatch(batch: readonly PlacedRow[]): Promise<void> {
    const places = placesOf(batch);
    let isLost = false;
    for (let tries = 1, badAnswers = 0; !isOver(); tries += 1) {
      await pauseWhileHeld();
      // What is on its way is always awaited: a stop must know what has been written.
      const answer = await onTheWay(batch, places);
      if (answer === null) return;
      if (answer.ok) {
        if (tries > 1) listener.onWaiting(null);
        inDoubt.delete(places);
        return;
      }
      const { problem } = answer;
      isLost ||= mayBeWritten(problem);
      if (!isLost) inDoubt.delete(places);
      badAnswers = problem.code === 'store.badAnswer' ? badAnswers + 1 : 0;
      const passes = problem.class === 'transient' || problem.class === 'quota';
      if (!passes || badAnswers === mostBadAnswers) {
        blocked ??= problem;
        return;
      }
      hold(problem, tries);
    }
  }

  function toWrite(row: PlacedRow): PlacedRow[] {
    const written = leftAlone.get(row.sku);
    const change = written === undefined ? row : beyond(row, written);
    return change === null ? [] : [{ ...row, ...change }];
  }

  /** Nothing goes before the store has had the time it asks for. */
  function hold(problem: Problem, tries: number): void {
    const told = Number(problem.params['value']);
    const wait = problem.class === 'quota' && told > 0 ? told * 1000 : backoff(tries, waits, deps.random);
    holdUntil = Math.max(holdUntil, clock.now() + wait);
    longestHold = Math.max(longestHold, wait);
    listener.onWaiting({ problem, nextTryAt: holdUntil });
  }

  /**
   * Null where it was stopped before it went. An own update that comes to nothing leaves the product to this run, so that
   * its end is waited for; nothing is awaited between that and the sending.
   */
  async function onTheWay(rows: readonly PlacedRow[], places: Places): Promise<Result<void> | null> {
    const skus = rows.map(({ sku }) => sku);
    for (let busy = held(skus); busy !== null && !isOver(); busy = held(skus))
      await Promise.race([busy, stopped]);
    if (isOver()) return null;
    inDoubt.add(places);
    const settled = write(rows.flatMap(toWrite));
    const batch = { skus: new Set(skus), settled };
    onWay.add(batch);
    return settled.finally(() => onWay.delete(batch));
  }

  async function write(rows: readonly PlacedRow[]): Promise<Result<void>> {
    const answer = rows.length === 0 ? ok([]) : await store.write(rows.map(writeOf), never);
    if (!answer.ok) return answer;
    await settle(rows, answer.value);
    return ok(undefined);
  }

  async function pauseWhileHeld(): Promise<void> {
    const ms = holdUntil - clock.now();
    // A clock that was set back must not make a wait of it.
    if (ms > 0) await clock.sleep(Math.min(ms, longestHold), signal);
  }

  async function settle(rows: readonly PlacedRow[], results: readonly WriteResult[]): Promise<void> {
    const refusals = refusalsOf(rows, results);
    await runs.settle(run, rows, refusals);
    listener.onRows(rows.length, refusals.size);
  }

  const atWork = Array.from({ length: batchesAtOnce }, () =>
    work().catch((error: unknown) => {
      broken = true;
      throw error;
    }),
  );
  // What nobody expected ends the others too, but never with something still on its way.
  const [failed] = (await Promise.allSettled(atWork)).filter((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  if (blocked !== null) return { kind: 'blocked', problem: blocked };
  return { kind: signal.aborted ? 'stopped' : 'done' };
}

/** The store may have taken what it has not answered; where there was no line (the problem says why), it has not. */
export const mayBeWritten = ({ class: kind, params }: Problem): boolean =>
  kind === 'transient' && !('value' in params);

/** What a row says to the store: the new values and nothing else. */
export function writeOf({ sku, stock, price, lists }: Omit<NewRow, 'state'>): StoreWrite {
  return {
    sku,
    ...(stock === null ? {} : { stock: stock.new }),
    ...(price === null ? {} : { price: price.new }),
    ...(lists.length === 0
      ? {}
      : { lists: Object.fromEntries(lists.map((change) => [change.list, change.new])) }),
  };
}

function refusalsOf(rows: readonly RunRow[], results: readonly WriteResult[]): Refusals {
  const refusals = new Map<string, NonNullable<RunRow['refusal']>>();
  for (const [index, { sku }] of rows.entries()) {
    const result = results[index];
    if (result === undefined) throw new Error('the store answered fewer items than were written');
    if (result.kind === 'refused')
      refusals.set(sku, { code: result.code, message: result.message.slice(0, 1000) });
  }
  return refusals;
}
