import { lostTo, type Run } from '../../../contract/catalog';
import { type Problem, problem } from '../../../contract/problem';
import type { CatalogDeps } from './deps';
import { doubtLeft, inDoubtOf } from './doubt';
import type { RunLedger } from './runLedger';
import { endProduct } from './unsureProduct';
import { standStill } from './writeRun';

/**
 * After a start: `goOn` gets what was being written when the program ended, into the same store alone; what was only being
 * read is told as broken off, and what a person had stopped stands still.
 */
export async function takeUpRuns(
  deps: CatalogDeps,
  ledger: RunLedger,
  goOn: (run: Run) => void,
): Promise<void> {
  const { runs, store } = deps;
  const unfinished = await runs.unfinished();
  // First of all, so that no run that goes on writes over them.
  for (const run of unfinished) if (run.kind === 'product') await endProduct(deps, run, unfinished);
  for (const run of unfinished.filter(({ kind }) => kind !== 'product')) {
    const isBrokenOff = cannotGoOn(run, store.file !== undefined);
    // Nobody waits for it: the schedule makes another one.
    if (isBrokenOff && run.trigger === 'schedule') {
      await runs.remove(run.id);
      continue;
    }
    const lost = lostTo(run, 'write');
    if (isBrokenOff)
      await ledger.save(run, { state: 'failed', problem: lost ?? problem('catalog.interrupted') });
    else if (lost !== null) await endElsewhere(deps, ledger, run, lost);
    ledger.show(run);
    if (run.status.state !== 'applying') continue;
    const { stopping } = run.status;
    if (stopping === null) goOn(run);
    else await standStill(deps, ledger, run, stopping, await inDoubtOf(deps, run));
  }
  await ledger.recall();
}

/** What was only being read, or planned against a file that is not open any more. */
const cannotGoOn = ({ status: { state } }: Run, byFile: boolean): boolean =>
  state === 'reading' || state === 'comparing' || (byFile && state === 'planned');

/** Ends a run that must not be gone on with; one that had nothing left to write is simply done. */
async function endElsewhere(deps: CatalogDeps, ledger: RunLedger, run: Run, lost: Problem): Promise<void> {
  const wasWriting = run.status.state === 'applying';
  if (wasWriting && (await ledger.countsOf(run)).left === 0) return ledger.end(run, 'done');
  const doubt = await doubtLeft(deps, run.id, await inDoubtOf(deps, run));
  await ledger.end(run, 'cancelled', { ...doubt, problem: lost });
}
