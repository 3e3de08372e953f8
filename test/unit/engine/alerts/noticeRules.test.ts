import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem } from '../../../../contract/problem';
import type { Link } from '../../../../contract/status';
import {
  dueNotices,
  linkChanged,
  type Notice,
  type NoticeState,
  orderHeard,
  quiet,
} from '../../../../main/engine/alerts/noticeRules';

const now = 1_800_000_000_000;
const orderFailed = (state: NoticeState, one: ReturnType<typeof order>, at: number) =>
  orderHeard(state, 'failed', one, at);
const order = (id: number) => ({ id, number: `10${id}`, problem: problem('order.taxIdMissing') });
const down = (code: 'org.unreachable' | 'org.wrongCredentials' | 'org.dailyLimit'): Link => ({
  state: 'down',
  since: now,
  problem: problem(code),
  nextTryAt: null,
});

describe('failed orders', () => {
  it('one is told by its number and reason', () => {
    const state = orderFailed(quiet, order(1), now);
    expect(dueNotices(state, now)).toMatchObject({ notices: [], nextAt: now + 2_000 });
    expect(dueNotices(state, now + 2_000).notices).toEqual([{ kind: 'order', ...order(1) }]);
  });

  it('many at a time are counted, and no order twice', () => {
    const state = [1, 2, 3, 2].reduce((so, id) => orderFailed(so, order(id), now), quiet);
    expect(dueNotices(state, now + 2_000).notices).toEqual([{ kind: 'orders', count: 3 }]);
  });

  it('and orders that the store changed are told apart', () => {
    const failed = orderFailed(quiet, order(1), now);
    const both = [2, 3].reduce((so, id) => orderHeard(so, 'changed', order(id), now), failed);
    expect(dueNotices(both, now + 2_000).notices).toEqual([
      { kind: 'order', ...order(1) },
      { kind: 'changedOrders', count: 2 },
    ]);
    const one = orderHeard(quiet, 'changed', order(4), now);
    expect(dueNotices(one, now + 2_000).notices).toEqual([{ kind: 'changed', id: 4, number: '104' }]);
  });

  it('in any flood there is one notice a minute at most, and every order is in exactly one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 }), (gaps) => {
        let state: NoticeState = quiet;
        let at = now;
        const told: { at: number; count: number }[] = [];
        const look = () => {
          const due = dueNotices(state, at);
          state = due.state;
          for (const notice of due.notices)
            told.push({ at, count: notice.kind === 'orders' ? notice.count : 1 });
          return due.nextAt;
        };
        for (const [index, gap] of gaps.entries()) {
          const end = at + gap;
          for (let next = look(); next !== null && next <= end; next = look()) at = next;
          at = end;
          state = orderFailed(state, order(index), at);
        }
        for (let next = look(); next !== null; next = look()) at = next;
        expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(gaps.length);
        for (const [index, { at: when }] of told.entries())
          expect(when - (told[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
      }),
    );
  });
});

describe('a side of the bridge', () => {
  function tell(link: Link, at: number, before: NoticeState = quiet) {
    const changed = linkChanged(before, 'org', link, at);
    const due = dueNotices(changed.state, at);
    return { state: due.state, notices: [...changed.notices, ...due.notices], nextAt: due.nextAt };
  }

  it('that is away is told when it stays away, once, and that it is back', () => {
    const first = tell(down('org.unreachable'), now);
    expect(first).toMatchObject({ notices: [], nextAt: now + 60_000 });
    const again = tell(down('org.unreachable'), now + 30_000, first.state);
    expect(again).toMatchObject({ notices: [], nextAt: now + 60_000 });
    const stays = dueNotices(again.state, now + 60_000);
    expect(stays.notices).toMatchObject([{ kind: 'down', side: 'org' }]);
    expect(dueNotices(stays.state, now + 600_000)).toMatchObject({ notices: [], nextAt: null });
    const back = tell({ state: 'up', since: now }, now + 700_000, stays.state);
    expect(back.notices).toEqual([{ kind: 'up', side: 'org' } satisfies Notice]);
  });

  it('that is back in a moment is not told at all', () => {
    const blip = tell(down('org.unreachable'), now);
    expect(tell({ state: 'up', since: now }, now + 10_000, blip.state)).toMatchObject({
      notices: [],
      nextAt: null,
    });
  });

  it.each(['org.wrongCredentials', 'org.dailyLimit'] as const)('is told at once of %s', (code) => {
    expect(tell(down(code), now).notices).toMatchObject([{ kind: 'down', problem: { code } }]);
  });

  it('that refuses the sign-in after an outage is told again', () => {
    const away = dueNotices(tell(down('org.unreachable'), now).state, now + 60_000);
    expect(tell(down('org.wrongCredentials'), now + 61_000, away.state).notices).toHaveLength(1);
  });
});
