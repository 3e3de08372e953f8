import { failed, type Problem, problem } from '../../../contract/problem';
import type { OnWaiting } from '../../engine/catalog/readRequest';
import type { Clock } from '../../engine/ports';
import type { Caller } from '../query';
import type { Session } from '../session/session';

export interface RowReader {
  session: Pick<Session, 'call' | 'download' | 'orgTime'>;
  /** Queries asked for at the same time cost one call. */
  lookUps: Caller;
  clock: Pick<Clock, 'sleep'>;
}

/** Raw rows of a query, the values in the order of its fields. */
export type TakeRaw = (rows: readonly (readonly unknown[])[]) => Promise<void>;

/** A query that is read to its end, however long it is. */
export interface RawQuery {
  soql: string;
  fields: readonly string[];
  /** Deleted rows too. */
  all: boolean;
  take: TakeRaw;
  onWaiting: OnWaiting;
  signal: AbortSignal;
}

export const badAnswer = (detail: string): { ok: false; problem: Problem } =>
  failed(problem('org.badAnswer', {}, { detail }));
