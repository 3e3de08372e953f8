import type { OrderUnit, WriteOutcome } from '../../engine/ports';
import { type FactSources, factsFor } from '../orgFacts';
import { findOrders } from './find';
import { fitsOneGraph, maxGraphNodes } from './graph';
import { writeGraph } from './graphWriter';
import { makeRecords } from './records';
import { type StagedDeps, writeStaged } from './stagedWriter';

export interface WriterDeps extends StagedDeps, FactSources {}

/** A graph without a look-back holds a new buyer, the order and so many lines. */
export const mostAtomicLines = maxGraphNodes - 2;

/**
 * Writes one order. It inserts and never upserts: sent again, an insert is turned away by the unique key,
 * where an upsert would overwrite what people changed since (research/salesforce.md 2.5).
 */
export async function writeOrder(
  deps: WriterDeps,
  unit: OrderUnit,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const facts = await factsFor(deps, [unit], signal);
  if (!facts.ok) return { kind: 'notSent', problem: facts.problem };
  const made = makeRecords(unit, deps.profile, facts.value);
  if (!made.ok) return { kind: 'refused', problems: made.problems };
  const outcome = fitsOneGraph(made.records, deps.maxAtomicLines)
    ? await writeGraph(deps, unit, made.records, unit.lines.length, signal)
    : await writeStaged(deps, unit, made.records, signal);
  return withNumber(deps, unit, outcome, signal);
}

/** A full graph has no room for the look-back: the number is asked for, and missing it spoils nothing. */
async function withNumber(
  deps: WriterDeps,
  unit: OrderUnit,
  outcome: WriteOutcome,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  if (outcome.kind !== 'written' || outcome.orgNumber !== null) return outcome;
  const found = await findOrders(deps.session, deps.profile, [unit.exportKey], signal);
  const there = found.ok ? found.value.get(unit.exportKey) : undefined;
  return { ...outcome, orgNumber: there?.orgNumber ?? null };
}
