import { useState } from 'react';
import type { Answer } from '../../contract/calls';
import type { Problem } from '../../contract/problem';

/** Calls of main, one at a time, with the problem of the latest. */
export function useAsk() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  /** Null when there is nothing to go on with. */
  async function ask<T>(pending: () => Promise<Answer<T>>): Promise<T | null> {
    if (busy) return null;
    setBusy(true);
    setProblem(null);
    const answer = await pending();
    setBusy(false);
    if (answer.ok) return answer.value;
    setProblem(answer.problem);
    return null;
  }

  return { busy, problem, setProblem, ask };
}
