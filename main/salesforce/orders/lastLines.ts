import { problem } from '../../../contract/problem';
import type { OrderUnit, WriteOutcome } from '../../engine/ports';
import type { Profile } from '../profile';
import type { Session } from '../session/session';
import { causes, graphAnswerSchema } from './graph';
import { outcomeOfErrors, outcomeOfFailure } from './outcome';
import type { UnitRecords } from './records';

/**
 * Writes the last lines of an order that is there already and activates it, in one graph: all or nothing.
 * Null when that is done; else what to tell the engine.
 */
export async function writeLastLines(
  { session, profile }: { session: Session; profile: Profile },
  unit: OrderUnit,
  records: UnitRecords,
  orderId: string,
  indexes: readonly number[],
  signal: AbortSignal,
): Promise<WriteOutcome | null> {
  const root = `/services/data/v${session.apiVersion}/sobjects`;
  const lines = indexes.map((index) => ({
    method: 'POST',
    url: `${root}/${profile.line.object}`,
    referenceId: `refLine${index}`,
    body: { [profile.line.order]: orderId, ...records.lines[index] },
  }));
  const activation = {
    method: 'PATCH',
    url: `${root}/${profile.order.object}/${orderId}`,
    referenceId: 'refActivation',
    body: records.activation,
  };
  const answer = await session.call({
    call: 'write',
    method: 'POST',
    path: '/composite/graph',
    body: { graphs: [{ graphId: 'order', compositeRequest: [...lines, activation] }] },
    answer: graphAnswerSchema,
    signal,
  });
  if (!answer.ok) return outcomeOfFailure(answer, 1);
  const [graph] = answer.value.graphs;
  const nodes = graph?.graphResponse.compositeResponse ?? [];
  if (graph?.isSuccessful === false) return outcomeOfErrors(causes(nodes), unit);
  const done = nodes.filter(({ httpStatusCode }) => httpStatusCode >= 200 && httpStatusCode < 300);
  return done.length === lines.length + 1
    ? null
    : {
        kind: 'answerLost',
        problem: problem('org.badAnswer', {}, { detail: 'not every node was confirmed' }),
      };
}
