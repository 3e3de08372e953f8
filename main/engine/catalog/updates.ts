import { lostTo, type Run, type UpdateChoice } from '../../../contract/catalog';
import { failed, ok, type Problem, problem, type Result } from '../../../contract/problem';
import type { CatalogDeps } from './deps';
import { doubtLeft, inDoubtOf } from './doubt';
import { guard, guardUndo } from './guard';
import { tellEnd, tellPlanned } from './log';
import { newRun } from './newRun';
import { createOwnUpdates, type NoteWritten } from './ownUpdates';
import { makePlan } from './planner';
import { readBothSides } from './reading';
import { createReadingProgress, type ReadSource, sourcesOf } from './readingProgress';
import { refusedSkus } from './refusedSkus';
import { createRunLedger } from './runLedger';
import { healthOf } from './scheduleHealth';
import { findScopePatiently, priceBookOf } from './scope';
import { settleAsWritten } from './settleAsWritten';
import { comparedSides } from './sides/comparedSides';
import { takeUpRuns } from './takeUp';
import type { Turn } from './turn';
import { planUndo } from './undo';
import { closeDecisions, decide, newWork, type Work, writeRun } from './writeRun';

export interface StartOptions {
  /** A plan that the guard has nothing against is written at once. */
  applyAtOnce: boolean;
  trigger: Run['trigger'];
  /** Whether a reading that failed for this reason leaves no trace: it is made once more. */
  forgives?: (reason: Problem) => boolean;
}

/**
 * The runs: one at a time, from reading both sides to the last batch. Nothing is written before a plan is on disk, and a
 * plan that looks wrong is not written before a person has agreed. What was being written when the program died goes on
 * at the next start.
 */
export function createUpdates(deps: CatalogDeps, turn: Turn) {
  const { runs, clock } = deps;
  /** Nothing is written here: a plan waits until it is saved as a file. */
  const byFile = deps.store.file !== undefined;
  const ledger = createRunLedger(deps);
  const { show, save, countsOf, latestAt } = ledger;
  const own = createOwnUpdates();
  let work: Work | null = null;

  /** Whoever calls it has taken the turn. */
  function begin(run: Run, task: (work: Work) => Promise<void>): void {
    const mine = newWork(run, own);
    work = mine;
    mine.done = task(mine)
      .catch(async (error: unknown) => {
        await closeDecisions(mine);
        if (mine.quitting && mine.stop === null) return;
        if (mine.stop === 'cancel') {
          const doubt = await doubtLeft(deps, run.id, mine.inDoubt);
          return save(run, { state: 'cancelled', ...(await countsOf(run)), ...doubt });
        }
        deps.report(error);
        const detail = error instanceof Error ? error.message : String(error);
        await save(run, { state: 'failed', problem: problem('app.unexpected', {}, { detail }) });
        await tellEnd(deps, run);
      })
      .catch(deps.report)
      .finally(() => {
        if (work === mine) work = null;
        turn.giveBack();
        deps.changed();
      });
  }

  /** Makes room for a new run and begins it; a plan that waits gives way. */
  async function open(begun: Omit<Run, 'id'>, task: (work: Work) => Promise<void>): Promise<Result<Run>> {
    const fresh = { ...begun, file: deps.store.file?.() ?? null };
    if (byFile && fresh.file === null) return failed(problem('file.notOpen'));
    const before = ledger.latest();
    if (turn.isTaken() || before?.status.state === 'paused') return failed(problem('catalog.busy'));
    // Before anything is awaited: a click, the schedule and a comparison may come at the same moment.
    turn.take();
    try {
      if (before?.status.state === 'planned')
        await save(before, { state: 'cancelled', ...(await countsOf(before)) });
      const run = { id: await runs.create(fresh), ...fresh };
      show(run);
      begin(run, task);
      return ok(run);
    } catch (error) {
      turn.giveBack();
      throw error;
    }
  }

  /** Goes on with a run that waits. */
  function goOn(run: Run | null): Result<void> {
    if (run === null) return failed(problem('catalog.notPlanned'));
    if (turn.isTaken()) return failed(problem('catalog.busy'));
    turn.take();
    begin(run, async (mine) => writeRun(deps, ledger, mine, await inDoubtOf(deps, run)));
    return ok(undefined);
  }

  async function plan(mine: Work, options: StartOptions, only: ReadonlySet<string> | null): Promise<void> {
    const { run, abort } = mine;
    const { signal } = abort;
    const rules = deps.rules();
    const readAt = deps.clock.now();
    const progress = readingOf(run, sourcesOf(run.choice.part));
    const scope = await findScopePatiently(deps, run.choice, rules, signal, progress.waiting);
    if (!scope.ok) return giveUp(mine, scope.problem, options.forgives);
    run.warehouse = scope.value.warehouse?.name ?? null;
    run.priceBook = priceBookOf(scope.value, run.choice.part);
    const sides = await readBothSides(deps, scope.value, run.choice.part, {
      full: run.choice.reading === 'full',
      signal,
      progress,
    });
    if (!sides.ok) return giveUp(mine, sides.problem, options.forgives);
    run.full = sides.value.full;
    await save(run, { state: 'comparing', compared: 0, total: 0 });
    const { sources } = sides.value;
    const before = await deps.compared.get();
    await deps.compared.set(null);
    run.summary = await makePlan(deps, run.id, {
      rules,
      companies: run.choice.companies,
      part: run.choice.part,
      sources,
      only,
      signal,
      onProgress: (compared, total) => show({ ...run, status: { state: 'comparing', compared, total } }),
    });
    await deps.compared.set(
      comparedSides({ choice: run.choice, scope: scope.value, sources, rules, readAt, before }),
    );
    for (const [sku, written] of mine.leftAlone) await runs.supersede(run.id, sku, written);
    signal.throwIfAborted();
    const given = {
      products: await deps.mirror.hasRows({ kind: 'products' }),
      prices: sources.prices !== null && (await deps.mirror.hasRows(sources.prices)),
      stockRows: sources.stock !== null && (await deps.mirror.hasRows(sources.stock)),
      storeProducts: await deps.mirror.hasRows({ kind: 'store' }),
    };
    const stops = guard(run.summary, given, run.choice.part, rules.guard);
    if (run.summary.changes === 0 && stops.length === 0)
      return (await isNews(run)) ? ledger.end(mine.run, 'done') : ledger.forget(run);
    if (stops.length > 0 || !options.applyAtOnce || byFile) {
      await save(run, { state: 'planned', stops });
      await tellPlanned(deps, run, stops);
      return;
    }
    await writeRun(deps, ledger, mine);
  }

  const readingOf = (run: Run, sources: readonly ReadSource[]) =>
    createReadingProgress(sources, clock, (reading) =>
      show({ ...run, status: { state: 'reading', reading } }),
    );

  async function giveUp(mine: Work, reason: Problem, forgives = (_reason: Problem) => false): Promise<void> {
    if (mine.quitting && mine.stop === null) return;
    if (mine.abort.signal.aborted) return ledger.end(mine.run, 'cancelled');
    if (forgives(reason)) return ledger.forget(mine.run);
    await save(mine.run, { state: 'failed', problem: reason });
    await tellEnd(deps, mine.run);
  }

  /** Whether it is worth telling that there was nothing to change: somebody asked, or the run before needs a person. */
  async function isNews({ id, trigger }: Run): Promise<boolean> {
    return trigger === 'person' || healthOf(await ledger.newestBefore(id)).state !== 'well';
  }

  async function beginUndo(undone: Run): Promise<Result<Run>> {
    return open({ ...newRun(deps, undone.choice, 'undo', 'person'), of: undone.id }, async (mine) => {
      const { run, abort } = mine;
      // It may have left the history between the click and this run's turn.
      if ((await runs.get(undone.id)) === null) return giveUp(mine, problem('catalog.nothingToUndo'));
      const planned = await planUndo(deps, undone, run.id, readingOf(run, ['store']), abort.signal);
      if (!planned.ok) return giveUp(mine, planned.problem);
      run.summary = planned.value;
      if (byFile && planned.value.changes === 0) return ledger.end(mine.run, 'done');
      const stops = byFile ? [] : guardUndo(planned.value, undone.summary, deps.rules().guard);
      if (stops.length === 0 && !byFile) return writeRun(deps, ledger, mine);
      await save(run, { state: 'planned', stops });
      await tellPlanned(deps, run, stops);
    });
  }

  return {
    current: ledger.latest,

    start: (): Promise<void> => takeUpRuns(deps, ledger, goOn),

    /** Ends the work in an orderly way; what is left goes on at the next start. */
    async stop(): Promise<void> {
      const running = work;
      if (running === null) return;
      running.quitting = true;
      running.abort.abort();
      await running.done;
    },

    async begin(choice: UpdateChoice, options: StartOptions): Promise<Result<Run>> {
      return open(newRun(deps, choice, 'all', options.trigger), (mine) => plan(mine, options, null));
    },

    /** Waits until nothing is at work. */
    atRest: (): Promise<void> => work?.done ?? Promise.resolve(),

    /** Takes away a plan that nobody wants any more, without a trace. */
    async drop(id: number): Promise<void> {
      const run = latestAt(id, 'planned');
      if (run === null) return;
      // First of all, so that nobody agrees to a part of it.
      await save(run, { state: 'cancelled', ...(await countsOf(run)) });
      await ledger.forget(run);
    },

    /** A person has looked at the plan and wants it. */
    async agree(id: number): Promise<Result<void>> {
      return byFile ? failed(problem('catalog.notPlanned')) : goOn(latestAt(id, 'planned'));
    },

    /** The changes of a plan are in a file now, for a person to upload. Nothing is known to have been written. */
    async saved(id: number, file: string): Promise<Result<void>> {
      const run = latestAt(id, 'planned', 'saved');
      if (run === null) return failed(problem('catalog.notPlanned'));
      await save(run, { state: 'saved', ...(await countsOf(run)), file, savedAt: clock.now() });
      await tellEnd(deps, run);
      return ok(undefined);
    },

    /** A person says that the store has taken the saved file: only now the changes count as written. */
    async uploaded(id: number): Promise<Result<void>> {
      // The mirror takes the values over, which must not happen under a plan that is being made from it.
      if (turn.isTaken()) return failed(problem('catalog.busy'));
      turn.take();
      try {
        const run = await ledger.savedAsFile(id);
        if (run === null) return failed(problem('catalog.notPlanned'));
        await settleAsWritten(deps, id);
        await ledger.end(run, 'done');
        return ok(undefined);
      } finally {
        turn.giveBack();
      }
    },

    /**
     * Has a product updated by itself, once nothing older is on its way to the store; what was, is noted as written, so
     * that it can be undone. Until it is over, the run at work sends nothing of this product. What is noted as written by
     * it, the run at work or the one that waits no longer writes; all else it does.
     */
    byItself: <T>(sku: string, update: (note: NoteWritten) => Promise<T>): Promise<T> =>
      own.hold(sku, async () => {
        const batches = [...(work?.onWay ?? [])].filter(({ skus }) => skus.has(sku));
        await Promise.allSettled(batches.map(({ settled }) => settled));
        return update(async (change) => {
          const run = work?.run ?? latestAt(ledger.latest()?.id ?? 0, 'planned', 'paused');
          if (run === null) return;
          own.note(run.id, sku, change);
          await runs.supersede(run.id, sku, change);
        });
      }),

    async pause(id: number): Promise<Result<void>> {
      const mine = work;
      if (mine === null || mine.run.id !== id || latestAt(id, 'applying') === null || mine.stop === 'cancel')
        return failed(problem('catalog.notPlanned'));
      await decide(mine, 'pause');
      await mine.done;
      return latestAt(id, 'applying') === null ? ok(undefined) : failed(problem('catalog.notPlanned'));
    },

    async resume(id: number): Promise<Result<void>> {
      const run = latestAt(id, 'paused');
      return goOn(run);
    },

    /** Ends a run wherever it stands; what has been written stays, and can be undone. */
    async cancel(id: number): Promise<Result<void>> {
      const mine = work;
      if (mine !== null && mine.run.id === id) {
        await decide(mine, 'cancel');
        await mine.done;
        if (latestAt(id, 'applying') !== null) return failed(problem('catalog.notPlanned'));
      }
      // Also one that came to wait at the moment of the click.
      const run = latestAt(id, 'planned', 'paused') ?? (await ledger.savedAsFile(id));
      if (run === null) return mine?.run.id === id ? ok(undefined) : failed(problem('catalog.notPlanned'));
      const doubt = await doubtLeft(deps, id, await inDoubtOf(deps, run));
      await save(run, { state: 'cancelled', ...(await countsOf(run)), ...doubt });
      await tellEnd(deps, run);
      return ok(undefined);
    },

    /** Puts back what a run has changed, where nobody has changed it since. */
    async undo(id: number): Promise<Result<Run>> {
      const undone = await runs.get(id);
      const over = undone !== null && (undone.status.state === 'done' || undone.status.state === 'cancelled');
      const lost = undone && lostTo(undone, 'wayBack');
      if (lost !== null) return failed(lost);
      if (!over || undone.undoneBy !== null) return failed(problem('catalog.nothingToUndo'));
      if ((await runs.countRows(id)).applied + unsureOf(undone) === 0)
        return failed(problem('catalog.nothingToUndo'));
      return beginUndo(undone);
    },

    /** Plans and writes anew what the store refused in a run; of a way back, goes that way again. */
    async retry(id: number): Promise<Result<Run>> {
      const before = await runs.get(id);
      if (before === null || (await runs.countRows(id)).refused === 0)
        return failed(problem('catalog.nothingToUndo'));
      const undone = before.kind === 'undo' && before.of !== null ? await runs.get(before.of) : null;
      const lost = lostTo(undone ?? before, undone === null ? 'write' : 'wayBack');
      if (lost !== null) return failed(lost);
      if (undone !== null) return beginUndo(undone);
      const skus = await refusedSkus(deps, id);
      return open({ ...newRun(deps, before.choice, 'retry', 'person'), of: id }, (mine) =>
        plan(mine, { applyAtOnce: true, trigger: 'person' }, skus),
      );
    },
  };
}

export type Updates = ReturnType<typeof createUpdates>;

const unsureOf = ({ status }: Run): number =>
  status.state === 'paused' || status.state === 'cancelled' ? (status.unsure ?? 0) : 0;
