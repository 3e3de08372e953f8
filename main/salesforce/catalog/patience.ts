import type { OnWaiting } from '../../engine/catalog/readRequest';
import type { Clock } from '../../engine/ports';
import type { OrgAnswer } from '../session/session';

/** Waits between the tries of one reading call, in milliseconds. A dropped connection is mostly back by then. */
const waitsMs = [500, 1_000, 2_000, 4_000, 8_000];
/** A quota that asks for more than this is for the caller to tell. */
const longestAskedMs = 20_000;

export interface Patience {
  clock: Pick<Clock, 'sleep'>;
  /** Hears of every wait, and of its end. */
  onWaiting: OnWaiting;
  signal: AbortSignal;
}

/** Tries a reading call again while its trouble is one that passes. */
export async function patiently<T>(
  attempt: () => Promise<OrgAnswer<T>>,
  { clock, onWaiting, signal }: Patience,
): Promise<OrgAnswer<T>> {
  for (const waitMs of waitsMs) {
    const answer = await attempt();
    if (answer.ok || signal.aborted || !passes(answer)) {
      onWaiting(null);
      return answer;
    }
    const forMs = Math.max(waitMs, answer.retryAfterMs ?? 0);
    onWaiting({ problem: answer.problem, forMs });
    await clock.sleep(forMs, signal);
  }
  const last = await attempt();
  onWaiting(null);
  return last;
}

/** What the org has understood and refused will be refused again. */
const passes = ({ problem, certainty, retryAfterMs }: Extract<OrgAnswer<unknown>, { ok: false }>): boolean =>
  (problem.class === 'transient' || problem.code === 'org.concurrentLimit') &&
  !(problem.code === 'org.badAnswer' && certainty === 'refused') &&
  (retryAfterMs ?? 0) <= longestAskedMs;
