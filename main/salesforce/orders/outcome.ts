import { type Problem, problem } from '../../../contract/problem';
import type { OrderUnit, WriteOutcome } from '../../engine/ports';
import { pauseFor, problemOf, type Verdict } from '../classify';
import type { NodeError } from './graph';
import { lineNumberOf } from './records';

/**
 * What a call of so many units that failed as a whole means for each. One of several may have spoilt it for the
 * others: then each is tried by itself.
 */
export function outcomeOfFailure(verdict: Verdict, units: number): WriteOutcome {
  const { problem: reason, certainty, retryAfterMs } = verdict;
  if (certainty === 'maybe') return { kind: 'answerLost', problem: reason };
  if (reason.class === 'data' && units > 1)
    return { kind: 'stuck', problem: problem('org.badAnswer', {}, detailOf(reason)) };
  if (reason.class === 'data') return { kind: 'refused', problems: [reason] };
  return { kind: 'notSent', problem: reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/**
 * What the org's errors about single records mean for the order. Nothing was written. A taken unique value
 * goes before all else, since it may mean that the order is there; then what is not this order's fault.
 */
export function outcomeOfErrors(errors: readonly NodeError[], unit: OrderUnit): WriteOutcome {
  const told = errors.map(({ error, lineIndex }) => ({ error, reason: tell(error, lineIndex, unit) }));
  const duplicate = told.find(({ error }) => error.code === 'DUPLICATE_VALUE');
  if (duplicate !== undefined) return { kind: 'duplicate', problem: duplicate.reason };
  const reasons = told.map(({ reason }) => reason);
  const elsewhere = reasons.find((reason) => reason.class !== 'data');
  if (elsewhere?.class === 'quota') {
    const wait = pauseFor(elsewhere.code);
    return { kind: 'notSent', problem: elsewhere, ...(wait === null ? {} : { retryAfterMs: wait }) };
  }
  if (elsewhere !== undefined) return { kind: 'stuck', problem: elsewhere };
  return { kind: 'refused', problems: reasons.length > 0 ? reasons : [problem('order.refused')] };
}

function tell(error: NodeError['error'], lineIndex: number | null, unit: OrderUnit) {
  const line = lineIndex === null ? undefined : unit.lines[lineIndex];
  const told = problemOf(error, 'order.refused', line === undefined ? undefined : lineNumberOf(line));
  return line === undefined ? told : { ...told, params: { ...told.params, sku: line.sku } };
}

const detailOf = ({ detail }: Problem): { detail?: string } => (detail === undefined ? {} : { detail });
