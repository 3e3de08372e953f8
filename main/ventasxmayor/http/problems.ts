import { z } from 'zod';
import { type Problem, type ProblemCode, problem } from '../../../contract/problem';
import { type HttpAnswer, pageTitle, retryAfterOf } from '../../net/exchange';
import type { NetFailure } from '../../net/failure';
import { parseJson } from '../../net/json';

const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string().catch(''), field: z.string().optional() }),
});

/** What an exchange that never came to an answer means. */
export function problemOfFailure(failure: NetFailure, host: string): Problem {
  switch (failure.kind) {
    case 'notConnected':
      return problem('store.unreachable', { host, value: failure.why }, { detail: failure.code });
    case 'broken':
      return problem('store.unreachable', { host }, { detail: failure.code });
    case 'timeout':
      return problem('store.unreachable', { host }, { detail: `no answer in ${failure.afterMs / 1000} s` });
    case 'aborted':
      return problem('store.unreachable', { host }, { detail: 'called off' });
    case 'redirect':
      return problem(
        'store.wrongAddress',
        { host },
        { detail: `redirect to ${failure.host ?? 'elsewhere'}` },
      );
    case 'tooLarge':
      return problem('store.badAnswer', { host }, { detail: `answer over ${failure.limitBytes} bytes` });
  }
}

/** What an answer with an error status means (docs/store-api.yaml, `Error`). */
export function problemOfAnswer(answer: HttpAnswer, host: string): Problem {
  const told = parseJson(answer.body, errorSchema);
  const words = told.ok
    ? `${told.value.error.code}: ${told.value.error.message}`
    : (pageTitle(answer.body) ?? '');
  const detail = `HTTP ${answer.status} ${words}`.trim();
  const wait = retryAfterOf(answer.headers);
  return problem(
    codeOf(answer.status, told.ok),
    { host, ...(wait === null ? {} : { value: wait / 1000 }) },
    { detail },
  );
}

function codeOf(status: number, fromStore: boolean): ProblemCode {
  if (status === 401 || status === 403) return 'store.tokenRefused';
  if (status === 429) return 'store.rateLimited';
  if (status >= 500 || status === 408) return 'store.unavailable';
  // A page where the store's own error should be: whatever answers there is not the store.
  return fromStore ? 'store.badAnswer' : 'store.wrongAddress';
}
