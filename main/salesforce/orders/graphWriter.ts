import type { OrderUnit, WriteOutcome } from '../../engine/ports';
import type { Profile } from '../profile';
import type { Session } from '../session/session';
import { buildGraph, type Graph, graphAnswerSchema, readGraph } from './graph';
import { outcomeOfErrors, outcomeOfFailure } from './outcome';
import type { UnitRecords } from './records';

export interface GraphUnit {
  unit: OrderUnit;
  records: UnitRecords;
  /** Only the first so many lines go in. */
  lineCount: number;
}

/** Writes units in one call, a graph each; one outcome for each, in their order. */
export async function writeGraphs(
  deps: { session: Session; profile: Profile },
  units: readonly GraphUnit[],
  signal: AbortSignal,
): Promise<WriteOutcome[]> {
  const { session, profile } = deps;
  const graphs = units.map(({ records, lineCount }, index) =>
    buildGraph(`order${index}`, records, profile, session.apiVersion, lineCount),
  );
  const answer = await session.call({
    call: 'write',
    method: 'POST',
    path: '/composite/graph',
    body: { graphs },
    answer: graphAnswerSchema,
    signal,
  });
  return units.map((one, index) => {
    const graph = graphs[index];
    if (!answer.ok) return outcomeOfFailure(answer, units.length);
    return graph === undefined ? { kind: 'skipped' } : outcomeOf(answer.value, graph, one);
  });

  function outcomeOf(
    value: Parameters<typeof readGraph>[0],
    graph: Graph,
    { unit, records }: GraphUnit,
  ): WriteOutcome {
    const outcome = readGraph(value, graph, profile, units.length);
    switch (outcome.kind) {
      case 'written':
        return { ...outcome, buyerMade: records.buyer !== null };
      case 'unclear':
        return { kind: 'answerLost', problem: outcome.problem };
      case 'halted':
        return { kind: 'skipped' };
      case 'failed':
        return outcomeOfErrors(outcome.errors, unit);
    }
  }
}
