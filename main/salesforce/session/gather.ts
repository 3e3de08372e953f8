import { z } from 'zod';
import { problem } from '../../../contract/problem';
import { parseShape } from '../../net/json';
import { classify } from '../classify';
import { readOrgErrors } from '../failure';
import type { Caller } from '../query';
import type { OrgAnswer, OrgCall } from './session';

/** Queries that one composite call takes (research/salesforce.md 2.3). */
const queriesOfACall = 5;

/** So long are queries waited for that can go in the same call, in milliseconds. */
const usualWaitMs = 10;

interface Waiting {
  path: string;
  signal: AbortSignal;
  answer: (answer: OrgAnswer<unknown>) => void;
}

const answerSchema = z.object({
  compositeResponse: z.array(
    z.object({ body: z.unknown(), httpStatusCode: z.number().int(), referenceId: z.string() }),
  ),
});

/**
 * A caller that sends queries asked for at the same time as one composite call, which counts once against the org's
 * limit. Everything else goes its own way.
 */
export function gatherQueries(session: Caller, apiVersion: string, waitMs: number = usualWaitMs): Caller {
  let waiting: Waiting[] = [];

  return {
    async call(request) {
      if (request.method !== 'GET' || !request.path.startsWith('/query?')) return session.call(request);
      const answer = await new Promise<OrgAnswer<unknown>>((resolve) => {
        if (waiting.length === 0) setTimeout(flush, waitMs);
        waiting.push({ path: request.path, signal: request.signal, answer: resolve });
      });
      return answer.ok ? read(answer.value, request) : answer;
    },
  };

  function flush(): void {
    const all = waiting;
    waiting = [];
    for (let start = 0; start < all.length; start += queriesOfACall)
      void send(all.slice(start, start + queriesOfACall));
  }

  async function send(group: readonly Waiting[]): Promise<void> {
    const [only] = group;
    if (only === undefined) return;
    const call = { call: 'read', signal: only.signal } as const;
    if (group.length === 1) {
      only.answer(await session.call({ ...call, method: 'GET', path: only.path, answer: z.unknown() }));
      return;
    }
    const answer = await session.call({
      ...call,
      method: 'POST',
      path: '/composite',
      body: {
        allOrNone: false,
        compositeRequest: group.map(({ path }, index) => ({
          method: 'GET',
          url: `/services/data/v${apiVersion}${path}`,
          referenceId: `query${index}`,
        })),
      },
      answer: answerSchema,
    });
    for (const [index, one] of group.entries())
      one.answer(answer.ok ? partOf(answer.value, `query${index}`) : answer);
  }
}

function partOf(
  { compositeResponse }: z.output<typeof answerSchema>,
  referenceId: string,
): OrgAnswer<unknown> {
  const part = compositeResponse.find((one) => one.referenceId === referenceId);
  if (part === undefined) return badAnswer(`no answer to ${referenceId}`);
  if (part.httpStatusCode < 300) return { ok: true, value: part.body };
  const errors = readOrgErrors(JSON.stringify(part.body));
  const failure = {
    kind: 'http',
    status: part.httpStatusCode,
    errors,
    retryAfterMs: null,
    title: null,
  } as const;
  return { ok: false, ...classify(failure, 'read') };
}

function read<T>(value: unknown, request: OrgCall<T>): OrgAnswer<T> {
  const parsed = parseShape(value, request.answer);
  return parsed.ok ? { ok: true, value: parsed.value } : badAnswer(parsed.why);
}

const badAnswer = (detail: string): Extract<OrgAnswer<never>, { ok: false }> => ({
  ok: false,
  problem: problem('org.badAnswer', {}, { detail: `query: ${detail}` }),
  certainty: 'refused',
});
