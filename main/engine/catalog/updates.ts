import type { Run, RunState, UpdateChoice } from '../../../contract/catalog';
import { failed, ok, type Problem, problem, type Result } from '../../../contract/problem';
import { applyRows, type BatchOnWay } from './applier';
import type { CatalogDeps } from './deps';
import { guard, guardUndo } from './guard';
import { tellEnd, tellStopped } from './log';
import { newRun } from './newRun';
import { createPace } from './pace';
import { makePlan } from './planner';
import type { RowStretch } from './ports';
import { readBothSides } from './reading';
import { findScopePatiently } from './scope';
import { planUndo } from './undo';

export interface StartOptions {
  /** A plan that the guard has nothing against is written at once. */
  applyAtOnce: boolean;
  trigger: Run['trigger'];
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
  onWay: Set<BatchOnWay>;
}

/**
 * The runs: one at a time, from reading both sides to the last batch. Nothing is written before a plan is on disk, and a
 * plan that looks wrong is not written before a person has agreed. What was being written when the program died goes on
 * at the next start.
 */
export function createUpdates(deps: CatalogDeps) {
  const { runs, clock } = deps;
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
      })
      .catch(deps.report)
      .finally(() => {
        if (work === mine) work = null;
        deps.changed();
      });
  }

  async function create(run: Omit<Run, 'id'>): Promise<Run> {
    const id = await runs.create(run);
    const created = { id, ...run };
    show(created);
    return created;
  }

  /** Only one run is at work; a plan that waits gives way to a new one. */
  async function makeRoom(): Promise<Result<void>> {
    if (work !== null || latest?.status.state === 'paused') return failed(problem('catalog.busy'));
    if (latest?.status.state === 'planned')
      await save(latest, { state: 'cancelled', ...(await countsOf(latest)) });
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
    const scope = await findScopePatiently(deps, run.choice, rules, signal);
    if (!scope.ok) return giveUp(mine, scope.problem);
    run.warehouse = scope.value.warehouse?.name ?? null;
    run.priceBook = scope.value.priceBook.name;
    const sides = await readBothSides(deps, scope.value, {
      full: run.choice.reading === 'full',
      signal,
      onProgress(reading) {
        show({ ...run, status: { state: 'reading', reading: structuredClone(reading) } });
      },
    });
    if (!sides.ok) return giveUp(mine, sides.problem);
    run.full = sides.value.full;
    await save(run, { state: 'comparing', compared: 0, total: 0 });
    run.summary = await makePlan(deps, run.id, {
      rules,
      companies: run.choice.companies,
      part: run.choice.part,
      sources: sides.value.sources,
      only,
      signal,
      onProgress: (compared, total) => show({ ...run, status: { state: 'comparing', compared, total } }),
    });
    for (const sku of mine.leftAlone) await runs.supersede(run.id, sku);
    signal.throwIfAborted();
    const { sources } = sides.value;
    const given = {
      products: await deps.mirror.rowsOf({ kind: 'products' }),
      prices: await deps.mirror.rowsOf(sources.prices),
      stockRows: await deps.mirror.rowsOf(sources.stock),
      storeProducts: await deps.mirror.storeCount(),
    };
    const stops = guard(run.summary, given, run.choice.part, rules.guard);
    if (run.summary.changes === 0 && stops.length === 0) return finish(mine, 'done');
    if (stops.length > 0 || !options.applyAtOnce) {
      await save(run, { state: 'planned', stops });
      if (stops.length > 0) await tellStopped(deps, run, stops);
      return;
    }
    await apply(mine);
  }

  async function giveUp(mine: Work, reason: Problem): Promise<void> {
    if (mine.stop === 'quit') return;
    if (mine.abort.signal.aborted) return finish(mine, 'cancelled');
    await save(mine.run, { state: 'failed', problem: reason });
    await tellEnd(deps, mine.run);
  }

  async function finish(
    mine: Work,
    state: 'done' | 'cancelled',
    more: { unsure?: number } = {},
  ): Promise<void> {
    await save(mine.run, { state, ...(await countsOf(mine.run)), ...more });
    await tellEnd(deps, mine.run);
    if (mine.run.kind !== 'undo' || mine.run.of === null) return;
    const undone = await runs.get(mine.run.of);
    if (undone !== null && state === 'done') await runs.save({ ...undone, undoneBy: mine.run.id });
  }

  /** `unsure`: so many rows may have been written before, without an answer. */
  async function apply(mine: Work, unsure = 0): Promise<void> {
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
    const left = { unsure: Math.min(counts.left, unsure + end.unsure) };
    if (mine.stop === 'cancel') return finish(mine, 'cancelled', left);
    const reason = end.kind === 'blocked' ? end.problem : null;
    await save(run, { state: 'paused', ...(await countsOf(run)), ...left, problem: reason });
    if (reason !== null) await tellEnd(deps, run);
  }

  async function beginUndo(undone: Run): Promise<Result<Run>> {
    const room = await makeRoom();
    if (!room.ok) return room;
    const run = await create({ ...newRun(deps, undone.choice, 'undo', 'person'), of: undone.id });
    begin(run, async (mine) => {
      const planned = await planUndo(deps, undone.id, run.id, mine.abort.signal);
      if (!planned.ok) return giveUp(mine, planned.problem);
      run.summary = planned.value;
      const stops = guardUndo(planned.value, undone.summary, deps.rules().guard);
      if (stops.length === 0) return apply(mine);
      await save(run, { state: 'planned', stops });
      await tellStopped(deps, run, stops);
    });
    return ok(run);
  }

  /** The run if it is the latest and stands there. */
  function waitingAt(id: number, ...states: RunState['state'][]): Run | null {
    return latest !== null && latest.id === id && states.includes(latest.status.state) ? latest : null;
  }

  return {
    current: (): Run | null => latest,

    /** Takes up what was being written when the program ended; what was only being read is told as broken off. */
    async start(): Promise<void> {
      for (const run of await runs.unfinished()) {
        const { state } = run.status;
        const isBrokenOff = run.kind === 'product' || state === 'reading' || state === 'comparing';
        if (isBrokenOff) await save(run, { state: 'failed', problem: problem('catalog.interrupted') });
        if (run.kind !== 'product') latest = run;
        // What was on its way when the program ended may have been written.
        if (state === 'applying' && !isBrokenOff) begin(run, (mine) => apply(mine, Number.POSITIVE_INFINITY));
      }
      latest ??= (await runs.list(0, shownAtStart)).runs.find(({ kind }) => kind !== 'product') ?? null;
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
      const room = await makeRoom();
      if (!room.ok) return room;
      const run = await create(newRun(deps, choice, 'all', options.trigger));
      begin(run, (mine) => plan(mine, options, null));
      return ok(run);
    },

    /** A person has looked at the plan and wants it. */
    async agree(id: number): Promise<Result<void>> {
      const run = waitingAt(id, 'planned');
      if (run === null || work !== null) return failed(problem('catalog.notPlanned'));
      begin(run, (mine) => apply(mine));
      return ok(undefined);
    },

    /**
     * A product is about to be updated by itself: the run at work, or the one that waits, no longer touches it. Answers
     * when nothing older is on its way to the store; what was, is noted as written, so that it can be undone.
     */
    async leaveAlone(sku: string): Promise<void> {
      const run = work?.run ?? waitingAt(latest?.id ?? 0, 'planned', 'paused');
      work?.leftAlone.add(sku);
      const batches = [...(work?.onWay ?? [])].filter(({ skus }) => skus.has(sku));
      await Promise.allSettled(batches.map(({ settled }) => settled));
      if (run !== null) await runs.supersede(run.id, sku);
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
      const run = waitingAt(id, 'paused');
      if (run === null || work !== null) return failed(problem('catalog.notPlanned'));
      const unsure = unsureOf(run);
      begin(run, (mine) => apply(mine, unsure));
      return ok(undefined);
    },

    /** Ends a run wherever it stands; what has been written stays, and can be undone. */
    async cancel(id: number): Promise<Result<void>> {
      if (work !== null && work.run.id === id) {
        work.stop = 'cancel';
        work.abort.abort();
        await work.done;
        return ok(undefined);
      }
      const run = waitingAt(id, 'planned', 'paused');
      if (run === null) return failed(problem('catalog.notPlanned'));
      await save(run, { state: 'cancelled', ...(await countsOf(run)), unsure: unsureOf(run) });
      await tellEnd(deps, run);
      return ok(undefined);
    },

    /** Puts back what a run has changed, where nobody has changed it since. */
    async undo(id: number): Promise<Result<Run>> {
      const undone = await runs.get(id);
      const over = undone !== null && (undone.status.state === 'done' || undone.status.state === 'cancelled');
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
      if (undone !== null) return beginUndo(undone);
      const room = await makeRoom();
      if (!room.ok) return room;
      const skus = await refusedSkus(deps, id);
      const run = await create({ ...newRun(deps, before.choice, 'retry', 'person'), of: id });
      begin(run, (mine) => plan(mine, { applyAtOnce: true, trigger: 'person' }, skus));
      return ok(run);
    },
  };
}

export type Updates = ReturnType<typeof createUpdates>;

const unsureOf = ({ status }: Run): number =>
  status.state === 'paused' || status.state === 'cancelled' ? (status.unsure ?? 0) : 0;

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
