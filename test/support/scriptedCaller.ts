import { problem } from '../../contract/problem';
import { parseShape } from '../../main/net/json';
import type { OrgAnswer, OrgCall, Session } from '../../main/salesforce/session/session';

export interface AskedCall {
  method: string;
  path: string;
  /** The query, when the call is one. */
  soql: string | null;
  body: unknown;
}

/** A session whose org answers as the test says: data, or the verdict on a failure. */
export function scriptCaller(answer: (call: AskedCall) => unknown): {
  session: Pick<Session, 'call' | 'apiVersion'>;
  asked: AskedCall[];
} {
  const asked: AskedCall[] = [];
  return {
    asked,
    session: {
      apiVersion: '62.0',
      async call<T>(call: OrgCall<T>): Promise<OrgAnswer<T>> {
        const query = /^\/query\?q=(.*)$/s.exec(call.path)?.[1];
        const one = {
          method: call.method,
          path: call.path,
          soql: query === undefined ? null : decodeURIComponent(query),
          body: call.body,
        };
        asked.push(one);
        const data = answer(one);
        if (data instanceof ScriptedFailure) return data.verdict;
        const parsed = parseShape(data, call.answer);
        return parsed.ok
          ? parsed
          : { ok: false, problem: problem('org.badAnswer', {}, { detail: parsed.why }), certainty: 'maybe' };
      },
    },
  };
}

export class ScriptedFailure {
  constructor(readonly verdict: Extract<OrgAnswer<never>, { ok: false }>) {}
}

/** The only page of a query's answer. */
export const rows = (...records: object[]) => ({ totalSize: records.length, done: true, records });
