import type { Places, Run, RunState } from '../../../contract/catalog';
import type { Problem } from '../../../contract/problem';
import type { CatalogDeps } from './deps';
import { tellEnd } from './log';

/** Among so many of the latest runs, one of more than a product is looked for. */
const lookedThrough = 100;

/** Runs as they move from state to state: each move is on disk, and in sight, when it is done. */
export function createRunLedger(deps: Pick<CatalogDeps, 'runs' | 'clock' | 'journal' | 'changed'>) {
  const { runs, clock } = deps;
  /** The latest run, at work, waiting or over. */
  let latest: Run | null = null;

  /** Shows a run as it stands at this moment, which need not be kept. */
  function show(run: Run): void {
    latest = run;
    deps.changed();
  }

  async function save(run: Run, status: RunState): Promise<void> {
    const over = status.state === 'done' || status.state === 'cancelled' || status.state === 'failed';
    Object.assign(run, { status, finishedAt: over ? clock.now() : null });
    await runs.save(run);
    show(run);
  }

  async function countsOf(run: Run) {
    const { applied, refused, pending } = await runs.countRows(run.id);
    return { applied, refused, left: pending };
  }

  /** The newest run of more than one product that is older than this one. */
  async function newestBefore(id: number): Promise<Run | null> {
    const { runs: newest } = await runs.list(0, lookedThrough);
    return newest.find((run) => run.kind !== 'product' && run.id < id) ?? null;
  }

  return {
    latest: (): Run | null => latest,
    show,
    save,
    countsOf,
    newestBefore,

    /** The run if it is the latest and stands there. */
    latestAt: (id: number, ...states: RunState['state'][]): Run | null =>
      latest !== null && latest.id === id && states.includes(latest.status.state) ? latest : null,

    /** A run whose changes are in a file, the latest or an earlier one. */
    async savedAsFile(id: number): Promise<Run | null> {
      const run = latest?.id === id ? latest : await runs.get(id);
      return run?.status.state === 'saved' ? run : null;
    },

    /** Ends a run and tells the log; a run that was taken back knows by which. */
    async end(
      run: Run,
      state: 'done' | 'cancelled',
      more: { unsure?: number; unsureRows?: Places[]; problem?: Problem } = {},
    ): Promise<void> {
      await save(run, { state, ...(await countsOf(run)), ...more });
      await tellEnd(deps, run);
      if (run.kind !== 'undo' || run.of === null) return;
      const undone = await runs.get(run.of);
      if (undone !== null && state === 'done') await runs.save({ ...undone, undoneBy: run.id });
    },

    /** A run that came to nothing leaves no trace: the one before is the latest again. */
    async forget({ id }: Run): Promise<void> {
      await runs.remove(id);
      latest = await newestBefore(id);
      deps.changed();
    },

    /** After a start: the latest run of all that are kept, unless one is known already. */
    async recall(): Promise<void> {
      latest ??= await newestBefore(Number.POSITIVE_INFINITY);
      deps.changed();
    },
  };
}

export type RunLedger = ReturnType<typeof createRunLedger>;
