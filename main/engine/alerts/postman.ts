import { type Problem, problem, type Result } from '../../../contract/problem';
import type { LogEvent } from '../../../contract/status';
import { createAlarmClock } from '../orders/alarmClock';
import { backoff } from '../orders/backoff';
import { keepRunning } from '../orders/keepRunning';
import type { Clock, Journal, Random } from '../ports';
import type { MailAccount, Mailer, MailQueue, QueuedMail } from './ports';

export interface PostmanDeps {
  /** Hears of what nobody expected; the work goes on all the same. */
  report: (error: unknown) => void;
  queue: MailQueue;
  mailer: Mailer;
  journal: Journal;
  clock: Clock;
  random: Random;
  /** Null while nobody wants mail: what waits then waits. */
  account: () => Promise<Result<MailAccount | null>>;
  /** Called when the queue looks different. */
  onChanged: () => void;
}

/** A server that is away is asked soon again; one that says no is not asked to lock the account. */
const waits = {
  away: { firstMs: 30_000, maxMs: 15 * 60_000 },
  refused: { firstMs: 5 * 60_000, maxMs: 60 * 60_000 },
} as const;
const givenUpAfterMs = 3 * 86_400_000;

/**
 * Hands the mails of the queue to the server, one after the other, in a loop of its own: a server that is
 * dead or hangs holds up mail and nothing else. A mail is marked after the server has taken it, so that a
 * crash in between doubles it at worst, and never loses it.
 */
export function createPostman(deps: PostmanDeps) {
  const alarm = createAlarmClock(deps.clock);
  let lastCode: Problem['code'] | null = null;

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await alarm.sleep(await step(signal), signal);
  }

  /** One mail; the answer is how long to wait before the next. */
  async function step(signal: AbortSignal): Promise<number> {
    const account = await deps.account();
    const known = account.ok ? account.value : null;
    if (account.ok && known === null) return Number.POSITIVE_INFINITY;
    const mail = await deps.queue.due(deps.clock.now());
    if (mail === null) {
      const next = await deps.queue.nextDueAt();
      return next === null ? Number.POSITIVE_INFINITY : Math.max(1, next - deps.clock.now());
    }
    if (!account.ok) await refused(mail, account.problem);
    if (known !== null) await deliver(known, mail, signal);
    deps.onChanged();
    return 0;
  }

  async function deliver(account: MailAccount, mail: QueuedMail, signal: AbortSignal): Promise<void> {
    const sent = await deps.mailer.send(account, mail, signal);
    if (sent.ok) await taken(mail, sent.value.refused);
    // A program that ends says nothing about the server.
    else if (!signal.aborted) await refused(mail, sent.problem);
  }

  async function taken(mail: QueuedMail, left: string[]): Promise<void> {
    const partly = left.length === 0 ? null : problem('mail.recipientRefused', { name: left.join(', ') });
    lastCode = null;
    await deps.queue.sent(mail.id, deps.clock.now(), partly);
    await record('mail.sent', mail, partly);
  }

  async function refused(mail: QueuedMail, reason: Problem): Promise<void> {
    const now = deps.clock.now();
    if (now - mail.createdAt >= givenUpAfterMs) {
      await deps.queue.givenUp(mail.id, now, reason);
      await record('mail.givenUp', mail, reason);
      return;
    }
    const limits = reason.class === 'transient' ? waits.away : waits.refused;
    await deps.queue.postponed(mail.id, now + backoff(mail.tries + 1, limits, deps.random), reason);
    if (reason.code !== lastCode) await record('mail.failed', mail, reason);
    lastCode = reason.code;
  }

  async function record(event: LogEvent, mail: QueuedMail, reason: Problem | null): Promise<void> {
    await deps.journal.record({
      at: deps.clock.now(),
      level: reason === null ? 'info' : 'warning',
      event,
      params: { subject: mail.subject },
      problem: reason,
      orderId: null,
    });
  }

  const loop = keepRunning(run, deps);

  return {
    start: loop.start,
    /** There is a new mail. */
    wake: alarm.wake,
    /** Settings have changed or the network is back: what waits is tried at once. */
    async tryNow(): Promise<void> {
      await deps.queue.hurry(deps.clock.now());
      alarm.wake();
    },
    stop: loop.stop,
  };
}
