import type { Reading, Waiting } from '../../../contract/catalog';
import type { UpdatePart } from '../../../contract/catalogRules';
import type { Clock } from '../ports';
import type { Wait } from './readRequest';

export type ReadSource = 'products' | 'prices' | 'stock' | 'store';
type Side = keyof Reading['waiting'];

/** How far one reading has come. */
export interface ReadingLine {
  total(rows: number): void;
  rows(rows: number): void;
  waiting(wait: Wait | null): void;
  done(): void;
  /** It is over, well or not: a page that was asked for ahead may still be waited for, which is nobody's concern then. */
  end(): void;
}

/** What an update reads: of the org, what it writes and nothing else. */
export const sourcesOf = (part: UpdatePart): readonly ReadSource[] => [
  'products',
  ...(part === 'stock' ? [] : (['prices'] as const)),
  ...(part === 'prices' ? [] : (['stock'] as const)),
  'store',
];

export function blankReading(sources: readonly ReadSource[]): Reading {
  const blank = (source: ReadSource) =>
    sources.includes(source) ? { rows: 0, total: null, done: false } : null;
  return {
    products: blank('products'),
    prices: blank('prices'),
    stock: blank('stock'),
    store: blank('store'),
    waiting: { org: null, store: null },
  };
}

/** How far both sides have been read, and what they wait for: one trouble for a side, whichever readings meet it. */
export function createReadingProgress(
  sources: readonly ReadSource[],
  clock: Pick<Clock, 'now'>,
  onProgress: (reading: Reading) => void,
) {
  const reading = blankReading(sources);
  const waits: Record<Side, Map<object, Waiting>> = { org: new Map(), store: new Map() };

  function tell(): void {
    reading.waiting = { org: soonest(waits.org), store: soonest(waits.store) };
    onProgress(structuredClone(reading));
  }

  function waitOf(side: Side, who: object, wait: Wait | null): void {
    if (wait === null && !waits[side].delete(who)) return;
    if (wait !== null)
      waits[side].set(who, { problem: wait.problem, nextTryAt: Math.ceil(clock.now() + wait.forMs) });
    tell();
  }

  return {
    /** Before anything is read; null: no side waits any more. */
    waiting(wait: Wait | null): void {
      const isStore = wait?.problem.code.startsWith('store.') ?? false;
      for (const side of ['org', 'store'] as const)
        waitOf(side, reading, (side === 'store') === isStore ? wait : null);
    },

    line(source: ReadSource): ReadingLine {
      const side = source === 'store' ? 'store' : 'org';
      const progress = reading[source];
      if (progress === null) throw new Error(`${source} are not to be read`);
      const who = {};
      let isOver = false;
      return {
        total(rows) {
          progress.total = (progress.total ?? 0) + rows;
          tell();
        },
        rows(rows) {
          progress.rows += rows;
          // A side that gives rows is well again, whoever else has still to find out.
          if (rows > 0) waits[side].clear();
          tell();
        },
        waiting(wait) {
          if (!isOver) waitOf(side, who, wait);
        },
        done() {
          progress.done = true;
          tell();
        },
        end() {
          isOver = true;
          waits[side].delete(who);
        },
      };
    },
  };
}

export type ReadingProgress = ReturnType<typeof createReadingProgress>;

function soonest(waits: ReadonlyMap<object, Waiting>): Waiting | null {
  let first: Waiting | null = null;
  for (const one of waits.values()) if (first === null || one.nextTryAt < first.nextTryAt) first = one;
  return first;
}
