import type { Run, RunState } from '../../../contract/catalog';
import { type AlongsideRun, applyRows } from './applier';
import type { CatalogDeps } from './deps';
import { tellEnd } from './log';
import { createPace } from './pace';
import type { RunLedger } from './runLedger';

/** What a stop of the running work is for. */
export type Stop = 'pause' | 'cancel' | 'quit';

/** The run at work. */
export interface Work extends AlongsideRun {
  run: Run;
  abort: AbortController;
  stop: Stop | null;
  done: Promise<void>;
}

/** Writes what waits of a run, with its progress in sight. `unsure`: so many rows may have been written before, unanswered. */
export async function writeRun(deps: CatalogDeps, ledger: RunLedger, work: Work, unsure = 0): Promise<void> {
  const { run, abort } = work;
  const { show, save, countsOf } = ledger;
  const counts = await countsOf(run);
  const pace = createPace(deps.clock.now);
  let waiting: Extract<RunState, { state: 'applying' }>['waiting'] = null;
  const status = (): RunState => ({ state: 'applying', ...counts, ...pace.get(counts.left), waiting });
  await save(run, status());

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
  if (work.stop === 'quit') return;
  const atEnd = await countsOf(run);
  // A stop that comes while the last batches are on their way has nothing left to stop.
  if (written.kind === 'done' || (written.kind === 'stopped' && atEnd.left === 0))
    return ledger.end(run, 'done');
  const left = { unsure: Math.min(counts.left, unsure + written.unsure) };
  if (work.stop === 'cancel') return ledger.end(run, 'cancelled', left);
  const reason = written.kind === 'blocked' ? written.problem : null;
  await save(run, { state: 'paused', ...atEnd, ...left, problem: reason });
  if (reason !== null) await tellEnd(deps, run);
}
