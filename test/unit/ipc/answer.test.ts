import { describe, expect, it, vi } from 'vitest';
import { callNames } from '../../../contract/names';
import { failed, ok, problem } from '../../../contract/problem';
import { answer } from '../../../main/ipc/answer';
import type { Handlers } from '../../../main/ipc/handlers';

/** Handlers that must not be reached, but for those a test puts in. */
function handlers(some: Partial<Handlers>): Handlers {
  const all = Object.fromEntries(
    callNames.map((name) => [
      name,
      () => {
        throw new Error(`${name} reached`);
      },
    ]),
  );
  return { ...all, ...some } as Handlers;
}

describe('answer', () => {
  it('runs the handler with the checked input and gives back its checked output', async () => {
    const given = handlers({ 'orders.sendNow': ({ ids }) => ok({ accepted: ids.length }) });
    const result = await answer(given, vi.fn(), 'orders.sendNow', { ids: [1, 2], extra: true });
    expect(result).toEqual({ ok: true, value: { accepted: 2 } });
  });

  it.each([
    ['an unknown name', 'orders.deleteAll', {}],
    ['a name that every object has', 'constructor', {}],
    ['a name that is no text', 7, {}],
    ['an input of the wrong shape', 'orders.sendNow', { ids: 'all' }],
    [
      'an input beyond its limits',
      'orders.list',
      { states: [], changed: false, search: '', sort: 'newest', offset: 0, limit: 9_999 },
    ],
  ])('refuses %s without running anything', async (_what, name, input) => {
    const report = vi.fn();
    expect(await answer(handlers({}), report, name, input)).toMatchObject({
      ok: false,
      problem: { code: 'app.invalidCall' },
    });
    expect(report).not.toHaveBeenCalled();
  });

  it('passes a problem on as data', async () => {
    const given = handlers({ 'orders.get': () => failed(problem('app.notFound')) });
    expect(await answer(given, vi.fn(), 'orders.get', { id: 1 })).toMatchObject({
      ok: false,
      problem: { code: 'app.notFound' },
    });
  });

  it('reports what nobody expected and keeps its text from the window', async () => {
    const report = vi.fn();
    const given = handlers({
      'orders.get': () => {
        throw new Error('secret inside');
      },
    });
    const result = await answer(given, report, 'orders.get', { id: 1 });
    expect(JSON.stringify(result)).not.toContain('secret inside');
    expect(result).toMatchObject({ ok: false, problem: { code: 'app.unexpected' } });
    expect(report).toHaveBeenCalledOnce();
  });

  it('reports an output that does not keep the contract', async () => {
    const report = vi.fn();
    const wrong = { accepted: 'two' };
    const given = handlers({ 'orders.sendNow': () => ok(wrong) as never });
    const result = await answer(given, report, 'orders.sendNow', { ids: [1] });
    expect(result).toMatchObject({ ok: false, problem: { code: 'app.unexpected' } });
    expect(report).toHaveBeenCalledOnce();
  });
});
