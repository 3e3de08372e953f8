import type { Result } from '../../contract/problem';

/** Keeps an answer for a while. Failures are not kept. */
export interface Remembered<T> {
  get(signal: AbortSignal): Promise<Result<T>>;
  /** The latest answer, however old; null when there was none. */
  last(): T | null;
  forget(): void;
}

export function remember<T>(
  ask: (signal: AbortSignal) => Promise<Result<T>>,
  keepMs: number,
  now: () => number,
): Remembered<T> {
  let kept: { value: T; at: number } | null = null;
  let generation = 0;

  return {
    async get(signal) {
      // An age below zero: the clock has been set back, and nobody knows how old it is.
      const age = kept === null ? -1 : now() - kept.at;
      if (kept !== null && age >= 0 && age < keepMs) return { ok: true, value: kept.value };
      const startedIn = generation;
      const answer = await ask(signal);
      if (answer.ok && startedIn === generation) kept = { value: answer.value, at: now() };
      return answer;
    },
    last: () => kept?.value ?? null,
    forget() {
      generation += 1;
      kept = null;
    },
  };
}
