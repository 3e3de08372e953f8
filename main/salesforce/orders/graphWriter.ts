import type { OrderUnit, WriteOutcome } from '../../engine/ports';
import type { Profile } from '../profile';
import type { Session } from '../session/session';
import { buildGraph, graphAnswerSchema, readGraph } from './graph';
import { outcomeOfErrors, outcomeOfFailure } from './outcome';
import type { UnitRecords } from './records';

/** Writes buyer, order and the first `lineCount` lines in one graph. */
export async function writeGraph(
  deps: { session: Session; profile: Profile },
  unit: OrderUnit,
  records: UnitRecords,
  lineCount: number,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const request = buildGraph(records, deps.profile, deps.session.apiVersion, lineCount);
  const answer = await deps.session.call({
    call: 'write',
    method: 'POST',
    path: '/composite/graph',
    body: request,
    answer: graphAnswerSchema,
    signal,
  });
  if (!answer.ok) return outcomeOfFailure(answer);
  const outcome = readGraph(answer.value, request, deps.profile);
  switch (outcome.kind) {
    case 'written':
      return outcome;
    case 'unclear':
      return { kind: 'answerLost', problem: outcome.problem };
    case 'failed':
      return outcomeOfErrors(outcome.errors, unit);
  }
}
