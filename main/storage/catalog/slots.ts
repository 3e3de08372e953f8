import { z } from 'zod';
import type { SlotBook } from '../../engine/catalog/ports';
import type { CatalogDatabase } from './database';

/** Slots that are remembered: a month of the shortest ones, further than any clock is set back. */
const mostSlots = 3_000;

const intervalRow = z.object({ every_minutes: z.number().nullable() });
const startRow = z.object({ starts_at: z.number() });
const lastRow = z.object({ taken_at: z.number(), run: z.number().nullable() });

/** The schedule's memory in SQLite. */
export function createSlotBook(catalog: CatalogDatabase): SlotBook {
  const { db } = catalog;
  const interval = db.prepare('SELECT every_minutes FROM schedule');
  const setInterval = db.prepare('UPDATE schedule SET every_minutes = ?');
  const taken = db.prepare('SELECT starts_at FROM schedule_slots WHERE starts_at >= ?');
  const take = db.prepare('INSERT OR IGNORE INTO schedule_slots (starts_at, taken_at) VALUES (?, ?)');
  const forget = db.prepare(
    `DELETE FROM schedule_slots WHERE id <= (SELECT max(id) FROM schedule_slots) - ${mostSlots}`,
  );
  const free = db.prepare('DELETE FROM schedule_slots WHERE starts_at = ?');
  const note = db.prepare('UPDATE schedule_slots SET outcome = ?, run = ? WHERE starts_at = ?');
  const last = db.prepare(
    "SELECT taken_at, run FROM schedule_slots WHERE outcome <> 'none' ORDER BY id DESC LIMIT 1",
  );

  function use(startsAt: number, at: number): boolean {
    const isNew = Number(take.run(startsAt, at).changes) > 0;
    if (isNew) forget.run();
    return isNew;
  }

  return {
    interval: async () => intervalRow.parse(interval.get()).every_minutes,
    async setInterval(everyMinutes, startsAt, at) {
      catalog.step(() => {
        setInterval.run(everyMinutes);
        if (everyMinutes !== null) use(startsAt, at);
      });
    },
    takenFrom: async (startsAt) => taken.all(startsAt).map((row) => startRow.parse(row).starts_at),
    take: async (startsAt, at) => catalog.step(() => use(startsAt, at)),
    async free(startsAt) {
      free.run(startsAt);
    },
    async note(startsAt, end) {
      note.run(end.kind, end.kind === 'run' ? end.run : null, startsAt);
    },
    async last() {
      const row = last.get();
      if (row === undefined) return null;
      const { taken_at: at, run } = lastRow.parse(row);
      return { at, run };
    },
  };
}
