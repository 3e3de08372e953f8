import type { SidesChoice, SidesView } from '../../../../contract/catalogSides';
import { failed, ok, type Problem, problem, type Result } from '../../../../contract/problem';
import type { CatalogDeps } from '../deps';
import { makeTargets } from '../planner';
import { readBothSides } from '../reading';
import { blankReading, createReadingProgress, sourcesOf } from '../readingProgress';
import { findScopePatiently } from '../scope';
import type { Turn } from '../turn';
import { comparedSides } from './comparedSides';

interface Work {
  abort: AbortController;
  shown: NonNullable<SidesView['work']>;
  done: Promise<void>;
}

/** Reads both sides and has every SKU thought over, without a plan and without writing anything into the store. */
export function createComparisons(deps: CatalogDeps, turn: Turn) {
  let work: Work | null = null;
  let latestFailure: { problem: Problem; at: number } | null = null;

  function fail(why: Problem): void {
    latestFailure = { problem: why, at: deps.clock.now() };
  }

  function show(mine: Work, shown: Work['shown']): void {
    mine.shown = shown;
    deps.changed();
  }

  async function compareSides(mine: Work, choice: SidesChoice): Promise<Result<void>> {
    const { signal } = mine.abort;
    const rules = deps.rules();
    const readAt = deps.clock.now();
    const whole = { ...choice, part: 'both' } as const;
    const progress = createReadingProgress(sourcesOf('both'), deps.clock, (reading) =>
      show(mine, { state: 'reading', reading }),
    );
    const scope = await findScopePatiently(deps, whole, rules, signal, progress.waiting);
    if (!scope.ok) return scope;
    const sides = await readBothSides(deps, scope.value, 'both', {
      full: choice.reading === 'full',
      signal,
      progress,
    });
    if (!sides.ok) return sides;
    show(mine, { state: 'comparing' });
    const { sources } = sides.value;
    await deps.compared.set(null);
    await makeTargets(deps, { rules, companies: choice.companies, sources, signal });
    await deps.compared.set(
      comparedSides({ choice: whole, scope: scope.value, sources, rules, readAt, before: null }),
    );
    return ok(undefined);
  }

  async function run(mine: Work, choice: SidesChoice): Promise<void> {
    try {
      const result = await compareSides(mine, choice);
      if (!result.ok && !mine.abort.signal.aborted) fail(result.problem);
    } catch (error) {
      if (mine.abort.signal.aborted) return;
      deps.report(error);
      const detail = error instanceof Error ? error.message : String(error);
      fail(problem('app.unexpected', {}, { detail }));
    } finally {
      work = null;
      turn.giveBack();
      deps.changed();
    }
  }

  async function cancel(): Promise<void> {
    work?.abort.abort();
    await work?.done;
  }

  return {
    /** A failure is no longer of interest when both sides were read since, by an update say. */
    current: (readAt: number | null = null): Pick<SidesView, 'work' | 'problem'> => ({
      work: work === null ? null : work.shown,
      problem:
        latestFailure === null || (readAt !== null && readAt > latestFailure.at)
          ? null
          : latestFailure.problem,
    }),

    begin(choice: SidesChoice): Result<void> {
      if (turn.isTaken()) return failed(problem('catalog.busy'));
      turn.take();
      latestFailure = null;
      const mine: Work = {
        abort: new AbortController(),
        shown: { state: 'reading', reading: blankReading(sourcesOf('both')) },
        done: Promise.resolve(),
      };
      work = mine;
      deps.changed();
      mine.done = run(mine, choice);
      return ok(undefined);
    },

    cancel,
    /** Ends the comparison at work, if there is one. */
    stop: cancel,
  };
}

export type Comparisons = ReturnType<typeof createComparisons>;
