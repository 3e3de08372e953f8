import type { Run, RunState, UpdateChoice } from '../../../contract/catalog';
import { failed, ok, type Problem, problem, type Result } from '../../../contract/problem';
import { applyRows } from './applier';
import type { CatalogDeps } from './deps';
import { guard } from './guard';
import { tellEnd, tellPlanned } from './log';
import { newRun } from './newRun';
import { createPace } from './pace';
import { makePlan } from './planner';
import type { RowStretch } from './ports';
import { readBothSides } from './reading';
import { healthOf } from './scheduleHealth';
import { findScope } from './scope';
import { settleAsWritten } from './settleAsWritten';
import { comparedSides } from './sides/comparedSides';
import type { Turn } from './turn';
import { planUndo } from './undo';

export interface StartOptions {
  /** A plan that the guard has nothing against is written at once. */
  applyAtOnce: boolean;
  trigger: Run['trigger'];
  /** Whether a reading that failed for this reason leaves no trace: it is made once more. */
  forgives?: (reason: Problem) => boolean;
}

/** What a stop of the running work is for. */
type Stop = 'pause' | 'cancel' | 'quit';

interface Work {
  run: Run;
  abort: AbortController;
  stop: Stop | null;
  done: Promise<void>;
  /** Products that were updated by themselves meanwhile: what the run knows of them is older. */
  leftAlone: Set<string>;
  /** Batches on their way to the store. */
  onWay: Set<Promise<unknown>>;
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
  let work: Work | null = null;
  /** The latest run, at work, waiting or over. */
  let latest: Run | null = null;

  function show(run: Run): void {
    latest = run;
    deps.changed();
  }

  async function save(run: Run, status: RunState): Promise<void> {
    const over = status.state === 'done' || status.state === 'cancelled' || status.state === 'failed';
    const next = { ...run, status, finishedAt: over ? clock.now() : null };
    Object.assign(run, next);
    await runs.save(run);
    show(run);
  }

  /** Whoever calls it has taken the turn. */
  function begin(run: Run, task: (work: Work) => Promise<void>): void {
    const mine: Work = {
      run,
      abort: new AbortController(),
      stop: null,
      done: Promise.resolve(),
      leftAlone: new Set(),
      onWay: new Set(),
    };
    work = mine;
    mine.done = task(mine)
      .catch(async (error: unknown) => {
        if (mine.stop === 'quit') return;
        if (mine.abort.signal.aborted) return save(run, { state: 'cancelled', ...(await countsOf(run)) });
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
    if (turn.isTaken() || latest?.status.state === 'paused') return failed(problem('catalog.busy'));
    // Before anything is awaited: a click, the schedule and a comparison may come at the same moment.
    turn.take();
    try {
      if (latest?.status.state === 'planned')
        await save(latest, { state: 'cancelled', ...(await countsOf(latest)) });
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
    begin(run, apply);
    return ok(undefined);
  }

  async function countsOf(run: Run) {
    const { applied, refused, pending } = await runs.countRows(run.id);
    return { applied, refused, left: pending };
  }

  async function plan(mine: Work, options: StartOptions, only: ReadonlySet<string> | null): Promise<void> {
    const { run, abort } = mine;
    const { signal } = abort;
    const rules = deps.rules();
    const readAt = deps.clock.now();
    const scope = await findScope(deps, run.choice, rules, signal);
    if (!scope.ok) return giveUp(mine, scope.problem, options.forgives);
    run.warehouse = scope.value.warehouse?.name ?? null;
    run.priceBook = scope.value.priceBook.name;
    const sides = await readBothSides(deps, scope.value, {
      full: run.choice.reading === 'full',
      signal,
      onProgress(reading) {
        show({ ...run, status: { state: 'reading', reading: structuredClone(reading) } });
      },
    });
    if (!sides.ok) return giveUp(mine, sides.problem, options.forgives);
    run.full = sides.value.full;
    await save(run, { state: 'comparing', compared: 0, total: 0 });
    const { sources } = sides.value;
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
      comparedSides({ choice: run.choice, scope: scope.value, sources, rules, readAt }),
    );
    for (const sku of mine.leftAlone) await runs.supersede(run.id, sku);
    const given = {
      products: await deps.mirror.rowsOf({ kind: 'products' }),
      prices: await deps.mirror.rowsOf(sources.prices),
      stockRows: await deps.mirror.rowsOf(sources.stock),
    };
    const stops = guard(run.summary, given, run.choice.part, rules.guard);
    if (run.summary.changes === 0 && stops.length === 0)
      return (await isNews(run)) ? finish(mine, 'done') : forget(run);
    if (stops.length > 0 || !options.applyAtOnce || byFile) {
      await save(run, { state: 'planned', stops });
      await tellPlanned(deps, run, stops);
      return;
    }
    await apply(mine);
  }

  async function giveUp(mine: Work, reason: Problem, forgives = (_reason: Problem) => false): Promise<void> {
    if (mine.stop === 'quit') return;
    if (mine.abort.signal.aborted) return finish(mine, 'cancelled');
    if (forgives(reason)) return forget(mine.run);
    await save(mine.run, { state: 'failed', problem: reason });
    await tellEnd(deps, mine.run);
  }

  /** Whether it is worth telling that there was nothing to change: somebody asked, or the run before needs a person. */
  async function isNews({ id, trigger }: Run): Promise<boolean> {
    return trigger === 'person' || healthOf(await newestBefore(id)).state !== 'well';
  }

  /** A run that came to nothing leaves no trace: the one before is the latest again. */
  async function forget({ id }: Run): Promise<void> {
    await runs.remove(id);
    latest = await newestBefore(id);
    deps.changed();
  }

  async function newestBefore(id: number): Promise<Run | null> {
    const { runs: newest } = await runs.list(0, shownAtStart);
    return newest.find((run) => run.kind !== 'product' && run.id < id) ?? null;
  }

  const finish = (mine: Work, state: 'done' | 'cancelled'): Promise<void> => end(mine.run, state);

  async function end(run: Run, state: 'done' | 'cancelled'): Promise<void> {
    await save(run, { state, ...(await countsOf(run)) });
    await tellEnd(deps, run);
    if (run.kind !== 'undo' || run.of === null) return;
    const undone = await runs.get(run.of);
    if (undone !== null && state === 'done') await runs.save({ ...undone, undoneBy: run.id });
  }

  async function apply(mine: Work): Promise<void> {
    const { run, abort } = mine;
    const counts = await countsOf(run);
    const pace = createPace(clock.now);
    let waiting: Extract<RunState, { state: 'applying' }>['waiting'] = null;
    const status = (): RunState => ({ state: 'applying', ...counts, ...pace.get(counts.left), waiting });
    await save(run, status());

    const end = await applyRows(
      deps,
      run.id,
      mine,
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
    if (mine.stop === 'quit') return;
    if (end.kind === 'done') return finish(mine, 'done');
    if (mine.stop === 'cancel') return finish(mine, 'cancelled');
    const reason = end.kind === 'blocked' ? end.problem : null;
    await save(run, { state: 'paused', ...(await countsOf(run)), problem: reason });
    if (reason !== null) await tellEnd(deps, run);
  }

  /** The run if it is the latest and stands there. */
  function waitingAt(id: number, ...states: RunState['state'][]): Run | null {
    return latest !== null && latest.id === id && states.includes(latest.status.state) ? latest : null;
  }

  /** A run whose changes are in a file, the latest or an earlier one. */
  async function savedRun(id: number): Promise<Run | null> {
    const run = latest?.id === id ? latest : await runs.get(id);
    return run?.status.state === 'saved' ? run : null;
  }

  return {
    current: (): Run | null => latest,

    /** Takes up what was being written when the program ended; what was only being read is told as broken off. */
    async start(): Promise<void> {
      for (const run of await runs.unfinished()) {
        const { state } = run.status;
        const isBrokenOff =
          run.kind === 'product' ||
          state === 'reading' ||
          state === 'comparing' ||
          // The file that the plan was made against is not open any more.
          (byFile && state === 'planned');
        // Nobody waits for it: the schedule makes another one.
        if (isBrokenOff && run.trigger === 'schedule') {
          await runs.remove(run.id);
          continue;
        }
        if (isBrokenOff) await save(run, { state: 'failed', problem: problem('catalog.interrupted') });
        if (run.kind !== 'product') latest = run;
        if (state === 'applying' && !isBrokenOff) goOn(run);
      }
      latest ??= await newestBefore(Number.POSITIVE_INFINITY);
      deps.changed();
    },

    /** Ends the work in an orderly way; what is left goes on at the next start. */
    async stop(): Promise<void> {
      const running = work;
      if (running === null) return;
      running.stop = 'quit';
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
      const run = waitingAt(id, 'planned');
      if (run === null) return;
      // First of all, so that nobody agrees to a part of it.
      await save(run, { state: 'cancelled', ...(await countsOf(run)) });
      await forget(run);
    },

    /** A person has looked at the plan and wants it. */
    async agree(id: number): Promise<Result<void>> {
      return byFile ? failed(problem('catalog.notPlanned')) : goOn(waitingAt(id, 'planned'));
    },

    /** The changes of a plan are in a file now, for a person to upload. Nothing is known to have been written. */
    async saved(id: number, file: string): Promise<Result<void>> {
      const run = waitingAt(id, 'planned', 'saved');
      if (run === null) return failed(problem('catalog.notPlanned'));
      await save(run, { state: 'saved', ...(await countsOf(run)), file, savedAt: clock.now() });
      await tellEnd(deps, run);
      return ok(undefined);
    },

    /** A person says that the store has taken the saved file: only now the changes count as written. */
    async uploaded(id: number): Promise<Result<void>> {
      // The mirror takes the values over, which must not happen under a plan that is being made from it.
      if (turn.isTaken()) return failed(problem('catalog.busy'));
      const run = await savedRun(id);
      if (run === null) return failed(problem('catalog.notPlanned'));
      await settleAsWritten(deps, id);
      await end(run, 'done');
      return ok(undefined);
    },

    /**
     * A product is about to be updated by itself: the run at work, or the one that waits, no longer touches it. Answers
     * when nothing older is on its way to the store.
     */
    async leaveAlone(sku: string): Promise<void> {
      const run = work?.run ?? waitingAt(latest?.id ?? 0, 'planned', 'paused');
      work?.leftAlone.add(sku);
      if (run !== null) await runs.supersede(run.id, sku);
      await Promise.allSettled(work?.onWay ?? []);
    },

    async pause(id: number): Promise<Result<void>> {
      if (work === null || work.run.id !== id || waitingAt(id, 'applying') === null)
        return failed(problem('catalog.notPlanned'));
      work.stop = 'pause';
      work.abort.abort();
      await work.done;
      return ok(undefined);
    },

    async resume(id: number): Promise<Result<void>> {
      return goOn(waitingAt(id, 'paused'));
    },

    /** Ends a run wherever it stands; what has been written stays, and can be undone. */
    async cancel(id: number): Promise<Result<void>> {
      if (work !== null && work.run.id === id) {
        work.stop = 'cancel';
        work.abort.abort();
        await work.done;
        return ok(undefined);
      }
      const run = waitingAt(id, 'planned', 'paused') ?? (await savedRun(id));
      if (run === null) return failed(problem('catalog.notPlanned'));
      await save(run, { state: 'cancelled', ...(await countsOf(run)) });
      await tellEnd(deps, run);
      return ok(undefined);
    },

    /** Puts back what a run has changed, where nobody has changed it since. */
    async undo(id: number): Promise<Result<Run>> {
      const undone = await runs.get(id);
      const over = undone !== null && (undone.status.state === 'done' || undone.status.state === 'cancelled');
      if (!over || undone.undoneBy !== null || (await runs.countRows(id)).applied === 0)
        return failed(problem('catalog.nothingToUndo'));
      return open({ ...newRun(deps, undone.choice, 'undo', 'person'), of: id }, async (mine) => {
        const planned = await planUndo(deps, id, mine.run.id, mine.abort.signal);
        if (!planned.ok) return giveUp(mine, planned.problem);
        if (!byFile) return apply(mine);
        if (planned.value === 0) return finish(mine, 'done');
        await save(mine.run, { state: 'planned', stops: [] });
      });
    },

    /** Plans and writes anew what the store refused in a run. */
    async retry(id: number): Promise<Result<Run>> {
      const before = await runs.get(id);
      if (before === null || (await runs.countRows(id)).refused === 0)
        return failed(problem('catalog.nothingToUndo'));
      const skus = await refusedSkus(deps, id);
      return open({ ...newRun(deps, before.choice, 'retry', 'person'), of: id }, (mine) =>
        plan(mine, { applyAtOnce: true, trigger: 'person' }, skus),
      );
    },
  };
}

export type Updates = ReturnType<typeof createUpdates>;

/** Among so many of the latest runs, one of more than a product is looked for. */
const shownAtStart = 100;

async function refusedSkus({ runs }: CatalogDeps, id: number): Promise<Set<string>> {
  const skus = new Set<string>();
  for (let place: number | null = 0; place !== null; ) {
    const { rows, next }: RowStretch = await runs.rowsIn(id, 'refused', place, 500);
    for (const { sku } of rows) skus.add(sku);
    place = next;
  }
  return skus;
}
