import type { Run, RunStateName } from '../../../contract/catalog';
import type { CatalogRules } from '../../../contract/catalogRules';
import type { Clock, Journal } from '../ports';
import { tellForgotten } from './log';
import type { Turn } from './turn';

/** What tells whether a run is to be kept. */
export interface RunTrace extends Pick<Run, 'id' | 'kind' | 'trigger' | 'of' | 'undoneBy'> {
  state: RunStateName;
  /** When it ended; of one whose changes are in a file, when that was saved. */
  at: number;
  /** So many products may have been written: taken by the store, or never answered. */
  written: number;
}

/** Runs that are to leave the disk: out of sight first, then row by row. */
export interface OldRuns {
  /** All runs that are in sight, the newest first, in stretches. */
  traces(): AsyncIterable<readonly RunTrace[]>;
  /** Takes runs out of sight for good, but for those whose rows are being read out; answers how many. */
  hide(ids: readonly number[]): Promise<number>;
  /** Frees what runs out of sight take up, in small steps, and those of a removal that was cut off too. */
  clear(signal: AbortSignal): Promise<void>;
}

export interface RetentionDeps {
  runs: OldRuns;
  rules: () => CatalogRules;
  turn: Turn;
  clock: Clock;
  journal: Journal;
  changed: () => void;
  report: (error: unknown) => void;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Timers stand still while the computer sleeps: it looks at the clock this often. */
const lookMs = 60 * 60 * 1000;
const lookAgainMs = 5_000;
/** The newest runs that can still be undone are kept, however old they are and whatever the clock says. */
const keptUndoable = 10;
/** Runs that are taken out of sight in one go: a few milliseconds. */
const hiddenAtOnce = 200;

/** Takes runs that are older than the rules say out of the history, at start and once a day, when nothing else is at work. */
export function createRetention(deps: RetentionDeps) {
  const { runs, turn, clock } = deps;
  let stopped = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(signal: AbortSignal): Promise<void> {
    let tidiedAt: number | null = null;
    while (!signal.aborted) {
      const now = clock.now();
      // A clock that was set back must not put it off.
      if (tidiedAt === null || now < tidiedAt || now - tidiedAt >= dayMs)
        tidiedAt = (await tidy(signal).then(() => true, failed)) ? now : null;
      await clock.sleep(lookMs, signal);
    }
  }

  function failed(error: unknown): boolean {
    deps.report(error);
    return false;
  }

  async function tidy(signal: AbortSignal): Promise<void> {
    await runs.clear(signal);
    const { keepDays } = deps.rules().history;
    const before = clock.now() - keepDays * dayMs;
    const all: RunTrace[] = [];
    for await (const some of runs.traces()) all.push(...some);
    let gone = 0;
    const old = outlived(all, before);
    for (let at = 0; at < old.length; at += hiddenAtOnce)
      gone += await hideInTurn(old.slice(at, at + hiddenAtOnce), signal);
    if (gone === 0) return;
    deps.changed();
    await tellForgotten(deps, gone, keepDays);
    await runs.clear(signal);
  }

  /** While nothing is at work, so that no undo begins on what is about to go. */
  async function hideInTurn(ids: readonly number[], signal: AbortSignal): Promise<number> {
    while (turn.isTaken() && !signal.aborted) await clock.sleep(lookAgainMs, signal);
    if (signal.aborted) return 0;
    turn.take();
    try {
      return await runs.hide(ids);
    } finally {
      turn.giveBack();
    }
  }

  return {
    start(): void {
      stopped = new AbortController();
      running = run(stopped.signal);
    },
    /** Ends after the step under way; the next start goes on with it. */
    async stop(): Promise<void> {
      stopped.abort();
      await running;
    },
  };
}

const over: readonly RunStateName[] = ['done', 'cancelled', 'failed', 'saved'];

/**
 * The runs, given from the newest on, that ended before this instant and that nothing needs any more. Kept are runs that
 * are not over, the newest that can be undone, the newest of all products, by a person and by schedule, which the screen
 * shows, and whatever a kept run goes back to. Pure.
 */
export function outlived(traces: readonly RunTrace[], before: number): number[] {
  const newest = new Set<Run['trigger']>();
  const needed = new Set<number>();
  const gone: number[] = [];
  let undoable = 0;
  for (const { id, kind, trigger, of, undoneBy, state, at, written } of traces) {
    const isUndoable = undoneBy === null && written > 0 && (state === 'done' || state === 'cancelled');
    const isNewest = kind !== 'product' && !newest.has(trigger);
    if (isUndoable) undoable += 1;
    if (isNewest) newest.add(trigger);
    const isKept =
      at >= before ||
      !over.includes(state) ||
      (isUndoable && undoable <= keptUndoable) ||
      isNewest ||
      needed.has(id);
    if (!isKept) gone.push(id);
    else if (of !== null) needed.add(of);
  }
  return gone;
}
