import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { queryAll, queryChunks } from '../../../main/salesforce/query';
import { rows, scriptCaller } from '../../support/scriptedCaller';

const row = z.object({ Id: z.string() });
const signal = new AbortController().signal;
const page = (from: number, count: number, more: object) => ({
  records: Array.from({ length: count }, (_, index) => ({ Id: `${from + index}` })),
  ...more,
});

describe('queryAll', () => {
  it('goes on to the last page', async () => {
    const { session, asked } = scriptCaller(({ path }) =>
      path.startsWith('/query?')
        ? page(0, 2000, {
            totalSize: 2500,
            done: false,
            nextRecordsUrl: '/services/data/v62.0/query/01g-2000',
          })
        : page(2000, 500, { totalSize: 2500, done: true }),
    );
    const all = await queryAll(session, 'SELECT Id FROM Order', row, signal);
    expect(all.ok && all.value.length).toBe(2500);
    expect(asked.map((call) => call.path)).toEqual([
      '/query?q=SELECT%20Id%20FROM%20Order',
      '/services/data/v62.0/query/01g-2000',
    ]);
  });

  it.each([
    ['fewer rows than announced', page(0, 3, { totalSize: 4, done: true })],
    ['no way on', page(0, 3, { totalSize: 4, done: false })],
    [
      'an empty page before the end',
      page(0, 0, { totalSize: 4, done: false, nextRecordsUrl: '/services/data/x' }),
    ],
    ['a row of another shape', { totalSize: 1, done: true, records: [{ id: 1 }] }],
    [
      'a way on to elsewhere',
      page(0, 1, { totalSize: 2, done: false, nextRecordsUrl: 'https://evil.example' }),
    ],
  ])('takes %s for a bad answer', async (_name, answer) => {
    const { session, asked } = scriptCaller(() => answer);
    expect(await queryAll(session, 'q', row, signal)).toMatchObject({
      ok: false,
      problem: { code: 'org.badAnswer' },
    });
    expect(asked).toHaveLength(1);
  });

  it('asks once for each list and gathers the rows', async () => {
    const { session, asked } = scriptCaller(({ soql }) => rows({ Id: soql ?? '' }));
    const all = await queryChunks(session, [['a'], ['b', 'c']], (values) => values.join('+'), row, signal);
    expect(all).toEqual({ ok: true, value: [{ Id: 'a' }, { Id: 'b+c' }] });
    expect(asked).toHaveLength(2);
  });
});
