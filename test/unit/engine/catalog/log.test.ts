import { describe, expect, it } from 'vitest';
import type { Run, RunState } from '../../../../contract/catalog';
import type { LogEntry } from '../../../../contract/status';
import { tellEnd, tellPlanned } from '../../../../main/engine/catalog/log';
import { createSummary } from '../../../../main/engine/catalog/summary';
import { someRun } from '../../../support/runs';

const clock = { now: () => 1, sleep: async () => undefined };

async function told(tell: (deps: Parameters<typeof tellEnd>[0]) => Promise<void>) {
  const entries: Omit<LogEntry, 'id'>[] = [];
  await tell({ clock, journal: { record: async (entry) => void entries.push(entry) } });
  return entries;
}

function runWith(unreadable: number, status: RunState, changes: Partial<Run> = {}): Run {
  const summary = createSummary();
  summary.addUnreadable([], unreadable);
  return someRun({ status, summary: summary.get(), ...changes });
}

const counts = { applied: 5, refused: 0, left: 0 };
const saved = { state: 'saved', ...counts, file: 'precios.csv', savedAt: 1 } as const;

describe('products of the store that could not be read', () => {
  it.each<[string, RunState, Partial<Run>]>([
    ['catalog.updated', { state: 'done', ...counts }, {}],
    ['schedule.updated', { state: 'done', ...counts }, { trigger: 'schedule' }],
    ['catalog.undone', { state: 'done', ...counts }, { kind: 'undo' }],
    ['catalog.cancelled', { state: 'cancelled', ...counts }, {}],
    ['schedule.cancelled', { state: 'cancelled', ...counts }, { trigger: 'schedule' }],
    ['catalog.saved', saved, {}],
  ])('are counted where %s tells how an update ended, and not where there are none', async (...one) => {
    const [event, status, changes] = one;
    const some = await told((deps) => tellEnd(deps, runWith(3, status, changes)));
    expect(some).toMatchObject([{ event, params: { unreadable: 3 } }]);
    const none = await told((deps) => tellEnd(deps, runWith(0, status, changes)));
    expect(none[0]?.params).not.toHaveProperty('unreadable');
  });

  it.each<[string, Run['trigger'], boolean]>([
    ['schedule.planned', 'schedule', false],
    ['schedule.stopped', 'schedule', true],
    ['catalog.stopped', 'person', true],
  ])('are counted where %s tells of a plan', async (event, trigger, isStopped) => {
    const stops = isStopped ? [{ code: 'toZero' as const, params: {} }] : [];
    const plan = (unreadable: number) =>
      told((deps) => tellPlanned(deps, runWith(unreadable, { state: 'planned', stops }, { trigger }), stops));
    expect(await plan(2)).toMatchObject([{ event, params: { unreadable: 2 } }]);
    expect((await plan(0))[0]?.params).not.toHaveProperty('unreadable');
  });

  it('make the end of an update a warning, as refused ones do: they are not what they should be', async () => {
    const level = async (unreadable: number, refused: number) =>
      (await told((deps) => tellEnd(deps, runWith(unreadable, { state: 'done', ...counts, refused }))))[0]
        ?.level;
    expect([await level(0, 0), await level(1, 0), await level(0, 1)]).toEqual(['info', 'warning', 'warning']);
  });

  it('are not counted of an update that came to nothing before there was a plan', async () => {
    const entries = await told((deps) =>
      tellEnd(deps, someRun({ status: { state: 'cancelled', ...counts } })),
    );
    expect(entries[0]?.params).not.toHaveProperty('unreadable');
  });
});
