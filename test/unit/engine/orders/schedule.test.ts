import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSchedule } from '../../../../main/engine/orders/schedule';

const minute = 60_000;

describe('the schedule', () => {
  it('is open at once when no interval is set, and closed when switched off', () => {
    const settings = { on: true, everyMinutes: 0, pausedUntil: null as number | null };
    const schedule = createSchedule(() => settings);
    schedule.drained(5);
    expect(schedule.turn(6)).toEqual({ open: true });
    settings.on = false;
    expect(schedule.turn(7)).toEqual({ open: false, opensAt: null });
  });

  it('waits until a pause is over, by itself', () => {
    const schedule = createSchedule(() => ({ on: true, everyMinutes: 0, pausedUntil: 1_000 }));
    expect(schedule.turn(999)).toEqual({ open: false, opensAt: 1_000 });
    expect(schedule.turn(1_000)).toEqual({ open: true });
  });

  it('has one run a slot, and the next at the next whole multiple', () => {
    const schedule = createSchedule(() => ({ on: true, everyMinutes: 15, pausedUntil: null }));
    const start = 40 * 15 * minute;
    expect(schedule.turn(start + minute)).toEqual({ open: true });
    schedule.drained(start + 2 * minute);
    expect(schedule.turn(start + 3 * minute)).toEqual({ open: false, opensAt: start + 15 * minute });
    expect(schedule.turn(start + 15 * minute)).toEqual({ open: true });
  });

  it('never runs twice in a slot and never waits longer than a slot, however the clock jumps forward', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1440 }),
        fc.array(fc.integer({ min: 1, max: 3 * 24 * 60 * minute }), { maxLength: 60 }),
        (everyMinutes, jumps) => {
          const schedule = createSchedule(() => ({ on: true, everyMinutes, pausedUntil: null }));
          const runs = new Set<number>();
          let now = 1_800_000_000_000;
          for (const jump of jumps) {
            now += jump;
            const turn = schedule.turn(now);
            const slot = Math.floor(now / (everyMinutes * minute));
            if (turn.open) {
              expect(runs.has(slot)).toBe(false);
              runs.add(slot);
              schedule.drained(now);
            } else {
              expect(runs.has(slot)).toBe(true);
              expect((turn.opensAt ?? 0) - now).toBeLessThanOrEqual(everyMinutes * minute);
            }
          }
        },
      ),
    );
  });
});
