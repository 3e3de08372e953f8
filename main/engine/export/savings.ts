import type { Result } from '../../../contract/problem';
import type { Saving } from '../../../contract/saving';
import type { Clock } from '../ports';
import type { OutTable } from './outTable';
import type { WriteTable } from './ports';
import type { TableSaver } from './saveTable';

export interface SavingsDeps {
  write: WriteTable;
  clock: Clock;
  /** What `underWay` answers has moved on. */
  changed: () => void;
}

interface Work extends Saving {
  abort: AbortController;
  /** Long enough under way to be worth a word. */
  isShown: boolean;
  /** True when it was called off in time. */
  ended: Promise<boolean>;
}

/** What is over sooner is not told: a note that flashes by is no help. */
const quietMs = 500;
/** The window hears of so many rows more. */
const toldRows = 50;

/** Tables on their way into files: how far each is, and how to call one off. */
export function createSavings({ write, clock, changed }: SavingsDeps) {
  const works = new Map<number, Work>();
  let lastId = 0;

  const savings = {
    /** Writes a table as `WriteTable` does; null when it was called off, which leaves no file behind. */
    async write(
      path: string,
      table: OutTable,
      form: Parameters<WriteTable>[2],
    ): Promise<Result<number> | null> {
      const work = begin(nameOf(path), table.total ?? null);
      const { abort } = work;
      const written = write(path, { ...table, rows: counted(table.rows, work) }, form, abort.signal).catch(
        (error: unknown) => {
          if (abort.signal.aborted) return null;
          throw error;
        },
      );
      work.ended = written.then(
        (result) => result === null,
        () => false,
      );
      try {
        return await written;
      } finally {
        end(work);
      }
    },

    /** Those that have been at work for a moment. */
    underWay: (): Saving[] =>
      [...works.values()]
        .filter(({ isShown }) => isShown)
        .map(({ id, name, rows, total }) => ({ id, name, rows, total })),

    /** Calls one off; false where it was over already. Answers when nothing of it is left. */
    async cancel(id: number): Promise<boolean> {
      const work = works.get(id);
      work?.abort.abort();
      return work === undefined ? false : work.ended;
    },

    /** Calls all of them off: what their rows come from is about to close. */
    async cancelAll(): Promise<void> {
      await Promise.all([...works.keys()].map(savings.cancel));
    },
  };

  function begin(name: string, total: number | null): Work {
    lastId += 1;
    const abort = new AbortController();
    const work: Work = {
      ...{ id: lastId, name, rows: 0, total },
      ...{ abort, isShown: false, ended: Promise.resolve(false) },
    };
    works.set(work.id, work);
    void clock.sleep(quietMs, abort.signal).then(() => {
      if (!works.has(work.id)) return;
      work.isShown = true;
      changed();
    });
    return work;
  }

  function end(work: Work): void {
    works.delete(work.id);
    work.abort.abort();
    if (work.isShown) changed();
  }

  async function* counted(rows: OutTable['rows'], work: Work) {
    for await (const row of rows) {
      work.rows += 1;
      if (work.isShown && work.rows % toldRows === 0) changed();
      yield row;
    }
  }

  return savings satisfies Pick<TableSaver, 'write'>;
}

export type Savings = ReturnType<typeof createSavings>;

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
