import type { Ledger, LedgerAttempt, LedgerOrder } from './ledger';

/** What a run did, as far as the desktops' logs have to account for it. */
export interface Deeds {
  /** Numbers of the orders that the store confirmed. */
  confirmed: readonly string[];
  /** Store numbers of the orders that the org holds. */
  held: readonly string[];
  /** How often each desktop was killed, or had its disk taken away. */
  interruptions: ReadonlyMap<string, number>;
}

/** Outcomes that say all by themselves; every other one needs a problem beside it. */
const speaking = new Set(['exported', 'absent', 'interrupted']);

/**
 * Everything that the desktops' logs leave unexplained, as sentences: attempts without an end or a reason,
 * orders in the org that nobody says to have sent, orders that a desktop has never heard of, or keeps in a
 * state that has no reason or a wrong one.
 */
export function explain(ledgers: readonly Ledger[], deeds: Deeds): string[] {
  const held = new Set(deeds.held);
  const sent = new Set(
    ledgers.flatMap(({ attempts }) =>
      attempts.filter(({ kind }) => kind === 'send').map(({ number }) => number),
    ),
  );
  return [
    ...[...held]
      .filter((number) => !sent.has(number))
      .map((number) => `order ${number} is in the org, and no desktop says to have sent it`),
    ...ledgers.flatMap((ledger) => [
      ...ledger.attempts.flatMap((attempt) =>
        say(ledger, attempt, doubtAboutAttempt(attempt, deeds.interruptions.get(ledger.desktop) ?? 0)),
      ),
      ...doubtsAboutOrders(ledger, deeds.confirmed, held),
    ]),
  ];
}

function doubtAboutAttempt(attempt: LedgerAttempt, interruptions: number): string | null {
  const what = `an attempt (${attempt.kind}, ${attempt.outcome})`;
  if (attempt.finishedAt === null || attempt.outcome === 'running') return `${what} has no end`;
  if (attempt.outcome === 'interrupted' && interruptions === 0)
    return `${what} was interrupted, and nothing has interrupted the program`;
  if (!speaking.has(attempt.outcome) && attempt.problems.length === 0) return `${what} has no reason`;
  return null;
}

function doubtsAboutOrders(
  ledger: Ledger,
  confirmed: readonly string[],
  held: ReadonlySet<string>,
): string[] {
  const known = new Set(ledger.orders.map(({ number }) => number));
  const settled = new Set(
    ledger.attempts.filter(({ outcome }) => outcome === 'exported').map(({ number }) => number),
  );
  return [
    ...confirmed
      .filter((number) => !known.has(number))
      .map((number) => `${ledger.desktop}: order ${number} has never come in`),
    ...ledger.orders.flatMap((order) =>
      say(ledger, order, doubtAboutOrder(order, held.has(order.number), settled.has(order.number))),
    ),
  ];
}

function doubtAboutOrder(order: LedgerOrder, inOrg: boolean, settled: boolean): string | null {
  if (order.state === 'exported') {
    if (!inOrg) return 'is called exported, and the org does not have it';
    return settled ? null : 'is called exported, and no attempt says so';
  }
  // A reason that is not true is no explanation.
  if (order.state === 'failed' && inOrg) return 'is called failed, and the org has it';
  return hasReason(order) ? null : `is ${order.state} without a reason`;
}

function hasReason({ state, status }: LedgerOrder): boolean {
  if (state === 'failed') return (status.problems ?? []).length > 0;
  return status.problem !== undefined || (status.reason ?? '') !== '';
}

const say = (ledger: Ledger, { number }: { number: string }, doubt: string | null): string[] =>
  doubt === null ? [] : [`${ledger.desktop}: order ${number}: ${doubt}`];
