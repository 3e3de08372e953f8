import type { Problem } from '../../../contract/problem';
import type { Link } from '../../../contract/status';
import { reasonOf, type ScheduleHealth, type ScheduleMatter } from '../catalog/scheduleHealth';
import type { Side } from './ports';

/** One notification of the operating system. */
export type Notice =
  | { kind: 'order'; id: number; number: string; problem: Problem | null }
  | { kind: 'orders'; count: number }
  /** The store has changed or cancelled what is in the org already. */
  | { kind: 'changed'; id: number; number: string }
  | { kind: 'changedOrders'; count: number }
  | { kind: 'down'; side: Side; problem: Problem }
  | { kind: 'up'; side: Side }
  /** Updates by schedule need a person. */
  | { kind: 'schedule'; matter: ScheduleMatter };

interface OrderNow {
  id: number;
  number: string;
  problem: Problem | null;
}

/** Orders that are told together. */
interface Gathered {
  orders: readonly OrderNow[];
  /** When the first of them came. */
  firstAt: number;
  /** When any were last told. */
  toldAt: number | null;
}

/** What is gathered apart: each has a notice of its own. */
const kinds = ['failed', 'changed'] as const;
export type Gathering = (typeof kinds)[number];

type Down = { since: number; problem: Problem; told: Problem['code'] | null };

export interface NoticeState {
  gathered: Readonly<Record<Gathering, Gathered>>;
  down: Readonly<Record<Side, Down | null>>;
  /** The reason for which updates by schedule were last said to need a person, and still do. */
  schedule: string | null;
}

const nothing: Gathered = { orders: [], firstAt: 0, toldAt: null };

export const quiet: NoticeState = {
  gathered: { failed: nothing, changed: nothing },
  down: { store: null, org: null },
  schedule: null,
};

/** What fails within moments is one notice. */
const settleMs = 2_000;
/** However many orders there are, one notice a minute tells of them. */
const betweenMs = 60_000;
/** A connection that is back within this time is not worth a notice. */
const blipMs = 60_000;

/** Something has happened to an order by itself; the same order again, still untold, is one. Pure, as all here. */
export function orderHeard(state: NoticeState, what: Gathering, order: OrderNow, now: number): NoticeState {
  const before = state.gathered[what];
  const others = before.orders.filter(({ id }) => id !== order.id);
  const after = {
    ...before,
    orders: [...others, order],
    firstAt: others.length === 0 ? now : before.firstAt,
  };
  return { ...state, gathered: { ...state.gathered, [what]: after } };
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

/** Updates by schedule are otherwise than they were; the same trouble at every slot is told once. */
export function scheduleChanged(
  state: NoticeState,
  health: ScheduleHealth,
): { state: NoticeState; notices: Notice[] } {
  if (health.state === 'open') return { state, notices: [] };
  if (health.state === 'well') return { state: { ...state, schedule: null }, notices: [] };
  const { matter } = health;
  const reason = reasonOf(matter);
  if (reason === state.schedule) return { state, notices: [] };
  return { state: { ...state, schedule: reason }, notices: [{ kind: 'schedule', matter }] };
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
  for (const what of kinds) {
    const gathered = state.gathered[what];
    const dueAt = ordersDueAt(gathered, now);
    if (dueAt === null) continue;
    if (dueAt > now) times.push(dueAt);
    else {
      notices.push(ordersNotice(what, gathered.orders));
      next = { ...next, gathered: { ...next.gathered, [what]: { ...nothing, toldAt: now } } };
    }
  }
  return { state: next, notices, nextAt: times.length === 0 ? null : Math.min(...times) };
}

/** What needs a person is told at once; a link that is simply away, when it stays away. */
function downDueAt({ since, problem, told }: Down, now: number): number | null {
  if (told !== null && (problem.class !== 'signIn' || told === problem.code)) return null;
  return problem.class === 'transient' ? Math.min(since, now) + blipMs : now;
}

function ordersDueAt({ orders, firstAt, toldAt }: Gathered, now: number): number | null {
  if (orders.length === 0) return null;
  const settled = firstAt > now ? now : firstAt + settleMs;
  return toldAt === null || toldAt > now ? settled : Math.max(settled, toldAt + betweenMs);
}

function ordersNotice(what: Gathering, orders: readonly OrderNow[]): Notice {
  const [only] = orders;
  const count = orders.length;
  if (count !== 1 || only === undefined)
    return what === 'failed' ? { kind: 'orders', count } : { kind: 'changedOrders', count };
  const { id, number, problem } = only;
  return what === 'failed' ? { kind: 'order', id, number, problem } : { kind: 'changed', id, number };
}
