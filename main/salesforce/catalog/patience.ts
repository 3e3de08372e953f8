import type { Clock } from '../../engine/ports';
import type { OrgAnswer } from '../session/session';

/** Waits between the tries of one reading call, in milliseconds. A dropped connection is mostly back by then. */
const waitsMs = [500, 1_000, 2_000, 4_000, 8_000];
/** A quota that asks for more than this is for the caller to tell. */
const longestAskedMs = 20_000;

/** Tries a reading call again while its trouble is one that passes. */
export async function patiently<T>(
  attempt: () => Promise<OrgAnswer<T>>,
  clock: Pick<Clock, 'sleep'>,
  signal: AbortSignal,
): Promise<OrgAnswer<T>> {
  for (const waitMs of waitsMs) {
    const answer = await attempt();
    if (answer.ok || signal.aborted || !passes(answer)) return answer;
    await clock.sleep(Math.max(waitMs, answer.retryAfterMs ?? 0), signal);
  }
  return attempt();
}

/** What the org has understood and refused will be refused again. */
const passes = ({ problem, certainty, retryAfterMs }: Extract<OrgAnswer<unknown>, { ok: false }>): boolean =>
  (problem.class === 'transient' || problem.code === 'org.concurrentLimit') &&
  !(problem.code === 'org.badAnswer' && certainty === 'refused') &&
  (retryAfterMs ?? 0) <= longestAskedMs;
