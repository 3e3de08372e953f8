import type { Problem } from '../../../contract/problem';
import type { Link } from '../../../contract/status';
import type { Side } from './ports';

/** One notification of the operating system. */
export type Notice =
  | { kind: 'order'; id: number; number: string; problem: Problem | null }
  | { kind: 'orders'; count: number }
  | { kind: 'down'; side: Side; problem: Problem }
  | { kind: 'up'; side: Side };

interface FailedNow {
  id: number;
  number: string;
  problem: Problem | null;
}

type Down = { since: number; problem: Problem; told: Problem['code'] | null };

export interface NoticeState {
  failed: readonly FailedNow[];
  /** When the first of `failed` came. */
  firstAt: number;
  lastOrdersAt: number | null;
  down: Readonly<Record<Side, Down | null>>;
}

export const quiet: NoticeState = {
  failed: [],
  firstAt: 0,
  lastOrdersAt: null,
  down: { store: null, org: null },
};

/** What fails within moments is one notice. */
const settleMs = 2_000;
/** However many orders fail, one notice a minute tells of them. */
const betweenMs = 60_000;
/** A connection that is back within this time is not worth a notice. */
const blipMs = 60_000;

/** An order has failed by itself; the same order again, still untold, is one. Pure, as all here. */
export function orderFailed(state: NoticeState, order: FailedNow, now: number): NoticeState {
  const others = state.failed.filter(({ id }) => id !== order.id);
  return { ...state, failed: [...others, order], firstAt: others.length === 0 ? now : state.firstAt };
}

/** One side has changed; that it is back is told only if its going was. */
export function linkChanged(
  state: NoticeState,
  side: Side,
  link: Link,
  now: number,
): { state: NoticeState; notices: Notice[] } {
  const before = state.down[side];
  if (link.state === 'connecting') return { state, notices: [] };
  if (link.state === 'down') {
    const down = { since: before?.since ?? now, problem: link.problem, told: before?.told ?? null };
    return { state: { ...state, down: { ...state.down, [side]: down } }, notices: [] };
  }
  const notices: Notice[] = link.state === 'up' && before?.told ? [{ kind: 'up', side }] : [];
  return { state: { ...state, down: { ...state.down, [side]: null } }, notices };
}

/** The notices that are due now, and when to look again. */
export function dueNotices(
  state: NoticeState,
  now: number,
): { state: NoticeState; notices: Notice[]; nextAt: number | null } {
  const notices: Notice[] = [];
  const times: number[] = [];
  let next = state;
  for (const side of ['org', 'store'] as const) {
    const down = state.down[side];
    const dueAt = down === null ? null : downDueAt(down, now);
    if (down === null || dueAt === null) continue;
    if (dueAt > now) times.push(dueAt);
    else {
      notices.push({ kind: 'down', side, problem: down.problem });
      next = { ...next, down: { ...next.down, [side]: { ...down, told: down.problem.code } } };
    }
  }
  const ordersAt = ordersDueAt(state, now);
  if (ordersAt !== null && ordersAt > now) times.push(ordersAt);
  if (ordersAt !== null && ordersAt <= now) {
    notices.push(ordersNotice(state.failed));
    next = { ...next, failed: [], lastOrdersAt: now };
  }
  return { state: next, notices, nextAt: times.length === 0 ? null : Math.min(...times) };
}

/** What needs a person is told at once; a link that is simply away, when it stays away. */
function downDueAt({ since, problem, told }: Down, now: number): number | null {
  if (told !== null && (problem.class !== 'signIn' || told === problem.code)) return null;
  return problem.class === 'transient' ? Math.min(since, now) + blipMs : now;
}

function ordersDueAt({ failed, firstAt, lastOrdersAt }: NoticeState, now: number): number | null {
  if (failed.length === 0) return null;
  const settled = firstAt > now ? now : firstAt + settleMs;
  return lastOrdersAt === null || lastOrdersAt > now ? settled : Math.max(settled, lastOrdersAt + betweenMs);
}

function ordersNotice(failed: readonly FailedNow[]): Notice {
  const [only] = failed;
  return failed.length === 1 && only !== undefined
    ? { kind: 'order', ...only }
    : { kind: 'orders', count: failed.length };
}
