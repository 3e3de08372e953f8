import type { Places, Run, RunState, RunStop } from '../../../contract/catalog';
import type { Problem } from '../../../contract/problem';
import { type AlongsideRun, applyRows } from './applier';
import type { CatalogDeps } from './deps';
import { doubtLeft } from './doubt';
import { tellEnd } from './log';
import type { OwnUpdates } from './ownUpdates';
import { createPace } from './pace';
import type { RunLedger } from './runLedger';

/** The run at work. */
export interface Work extends AlongsideRun {
  run: Run;
  abort: AbortController;
  /** What a person has decided; a cancel is never turned back into a pause. */
  stop: RunStop | null;
  /** Notes the decision on disk; null while nothing is written, and nothing would go on by itself. */
  note: (() => Promise<void>) | null;
  /** The decisions so far are on disk. */
  noted: Promise<void>;
  /** How it ends is settled: a decision comes too late for it. */
  isOver: boolean;
  /** The program ends. What nobody has stopped goes on at the next start. */
  quitting: boolean;
  done: Promise<void>;
}

export const newWork = (run: Run, own: OwnUpdates): Work => ({
  run,
  abort: new AbortController(),
  stop: null,
  note: null,
  noted: Promise.resolve(),
  isOver: false,
  quitting: false,
  done: Promise.resolve(),
  leftAlone: own.writtenBeside(run.id),
  held: own.held,
  onWay: new Set(),
  inDoubt: new Set(),
});

/** A person wants it to stop: nothing more is sent from now on. Answers when that is on disk, before the store answers. */
export async function decide(work: Work, stop: RunStop): Promise<void> {
  if (work.isOver) return;
  work.stop = stop;
  work.abort.abort();
  work.noted = work.noted.then(() => work.note?.());
  await work.noted;
}

/** From here on decisions come too late. The last one that does not is on disk, so that it cannot overtake the end. */
export async function closeDecisions(work: Work): Promise<void> {
  for (let last: Promise<void> | null = null; last !== work.noted; ) {
    last = work.noted;
    // Whoever has decided hears of it.
    await last.catch(() => undefined);
  }
  work.isOver = true;
}

/** Writes what waits of a run, with its progress in sight. `before`: where rows may have been written before, unanswered. */
export async function writeRun(
  deps: CatalogDeps,
  ledger: RunLedger,
  work: Work,
  before: readonly Places[] = [],
): Promise<void> {
  const { run, abort, inDoubt } = work;
  const { show, save, countsOf } = ledger;
  const counts = await countsOf(run);
  const pace = createPace(deps.clock.now);
  let waiting: Extract<RunState, { state: 'applying' }>['waiting'] = null;
  const status = () => ({
    state: 'applying' as const,
    ...counts,
    ...pace.get(counts.left),
    waiting,
    stopping: work.stop,
  });
  for (const places of before) inDoubt.add(places);
  const begun = save(run, status());
  work.note = async () => {
    show({ ...run, status: status() });
    await begun;
    await save(run, { ...status(), unsureRows: [...inDoubt] });
  };
  await begun;

  const written = await applyRows(
    deps,
    run.id,
    work,
    {
      onRows(rows, refused) {
        counts.applied += rows - refused;
        counts.refused += refused;
        counts.left -= rows;
        pace.add(rows);
        show({ ...run, status: status() });
      },
      onWaiting(now) {
        waiting = now;
        show({ ...run, status: status() });
      },
    },
    abort.signal,
  );
  await closeDecisions(work);
  if (work.quitting && work.stop === null) {
    const { unsureRows } = await doubtLeft(deps, run.id, inDoubt);
    return save(run, { ...status(), waiting: null, unsureRows });
  }
  if (written.kind === 'done') return ledger.end(run, 'done');
  const reason = written.kind === 'blocked' ? written.problem : null;
  await standStill(deps, ledger, run, work.stop ?? 'pause', inDoubt, reason);
}

/** A run of which nothing is on its way any more is paused or cancelled, whatever there was in doubt being told. */
export async function standStill(
  deps: CatalogDeps,
  ledger: RunLedger,
  run: Run,
  stop: RunStop,
  inDoubt: Iterable<Places>,
  reason: Problem | null = null,
): Promise<void> {
  const counts = await ledger.countsOf(run);
  // A stop that comes while the last batches are on their way has nothing left to stop.
  if (counts.left === 0) return ledger.end(run, 'done');
  const doubt = await doubtLeft(deps, run.id, inDoubt);
  if (stop === 'cancel') return ledger.end(run, 'cancelled', doubt);
  await ledger.save(run, { state: 'paused', ...counts, ...doubt, problem: reason });
  if (reason !== null) await tellEnd(deps, run);
}
