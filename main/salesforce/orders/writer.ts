import type { OrderUnit, WriteOutcome } from '../../engine/ports';
import { type FactSources, factsFor } from '../orgFacts';
import { findOrders } from './find';
import { fitsOneGraph, maxGraphNodes, maxGraphs } from './graph';
import { type GraphUnit, writeGraphs } from './graphWriter';
import { makeRecords } from './records';
import { type StagedDeps, writeStaged } from './stagedWriter';

export interface WriterDeps extends StagedDeps, FactSources {}

/** A graph without a look-back holds a new buyer, the order and so many lines. */
export const mostAtomicLines = maxGraphNodes - 2;

/** Records of one call: fewer than the org allows, so that a call stays well under the 20 s of a long one. */
const recordsOfACall = 300;

export const callRoom = { units: maxGraphs, records: recordsOfACall } as const;

/** Buyer if new or changed, order, lines, activation, and the look-back. */
export function recordsOf({ lines, buyer, activateAs }: OrderUnit): number {
  const ofBuyer = buyer.kind === 'new' || buyer.update !== undefined ? 1 : 0;
  return lines.length + ofBuyer + (activateAs === null ? 0 : 1) + 2;
}

/**
 * Writes orders that fit in one call. It inserts and never upserts: sent again, an insert is turned away by the unique
 * key, where an upsert would overwrite what people changed since (research/salesforce.md 2.5).
 */
export async function writeOrders(
  deps: WriterDeps,
  units: readonly OrderUnit[],
  signal: AbortSignal,
): Promise<WriteOutcome[]> {
  const facts = await factsFor(deps, units, signal);
  if (!facts.ok) return units.map(() => ({ kind: 'notSent', problem: facts.problem }));
  const outcomes = new Map<OrderUnit, WriteOutcome>();
  const ready: GraphUnit[] = [];
  for (const unit of units) {
    const made = makeRecords(unit, deps.profile, facts.value);
    if (!made.ok) outcomes.set(unit, { kind: 'refused', problems: made.problems });
    else ready.push({ unit, records: made.records, lineCount: unit.lines.length });
  }
  const isAtomic = ({ records }: GraphUnit) => fitsOneGraph(records, deps.maxAtomicLines);
  for (const one of ready) {
    if (!isAtomic(one)) outcomes.set(one.unit, await writeStaged(deps, one.unit, one.records, signal));
  }
  const atomic = ready.filter(isAtomic);
  const written = atomic.length === 0 ? [] : await writeGraphs(deps, atomic, signal);
  for (const [index, { unit }] of atomic.entries()) outcomes.set(unit, written[index] ?? { kind: 'skipped' });
  const told = units.map((unit): WriteOutcome => outcomes.get(unit) ?? { kind: 'skipped' });
  return withNumbers(deps, units, told, signal);
}

/** A full graph has no room for the look-back: the number is asked for, and missing it spoils nothing. */
async function withNumbers(
  deps: WriterDeps,
  units: readonly OrderUnit[],
  outcomes: readonly WriteOutcome[],
  signal: AbortSignal,
): Promise<WriteOutcome[]> {
  const nameless = units.filter((_unit, index) => {
    const outcome = outcomes[index];
    return outcome?.kind === 'written' && outcome.orgNumber === null;
  });
  if (nameless.length === 0) return [...outcomes];
  const keys = nameless.map(({ exportKey }) => exportKey);
  const found = await findOrders(deps.session, deps.profile, keys, signal);
  return outcomes.map((outcome, index) => {
    const key = units[index]?.exportKey ?? '';
    if (outcome.kind !== 'written' || outcome.orgNumber !== null || !found.ok) return outcome;
    return { ...outcome, orgNumber: found.value.get(key)?.orgNumber ?? null };
  });
}
