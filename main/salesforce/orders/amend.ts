import { z } from 'zod';
import { problem, type Result } from '../../../contract/problem';
import type { AmendOutcome, InOrg, OrderUnit, Org } from '../../engine/ports';
import type { Verdict } from '../classify';
import type { OrgFacts } from '../orgFacts';
import { causes, type GraphNode, graphAnswerSchema, maxGraphNodes } from './graph';
import {
  baseKey,
  type InOrgDeps,
  isAs,
  type LineThere,
  type OrderThere,
  objections,
  readOrder,
} from './inOrg';
import { outcomeOfErrors } from './outcome';
import { makeRecords, type OrgRecord, type UnitRecords } from './records';

export interface AmendDeps extends InOrgDeps {
  facts: (signal: AbortSignal) => Promise<Result<OrgFacts>>;
}

/**
 * Makes an order in the org what `after` says, all or nothing, while it is a draft there (research/salesforce.md 2.1:
 * an activated order's lines cannot be deleted). Only what the store changed is written; what people changed in the
 * org meanwhile is an objection. Works from what the org has now, so that it can be repeated.
 */
export async function amendOrder(
  deps: AmendDeps,
  order: InOrg,
  after: OrderUnit,
  signal: AbortSignal,
): Promise<AmendOutcome> {
  const facts = await deps.facts(signal);
  if (!facts.ok) return { kind: 'notSent', problem: facts.problem };
  const was = makeRecords(order.before, deps.profile, facts.value);
  const is = makeRecords(after, deps.profile, facts.value);
  if (!is.ok) return { kind: 'refused', problems: is.problems };
  const before = was.ok ? was.records.order : {};
  const fields = [...new Set([...Object.keys(before), ...Object.keys(is.records.order)])].filter(
    (field) => field !== deps.profile.order.status,
  );
  const found = await readOrder(deps, order.before.exportKey, fields, signal);
  if (!found.ok) return { kind: 'notSent', problem: found.problem };
  if (found.value === null) return { kind: 'refused', problems: [problem('order.goneFromOrg')] };
  // The answer to an earlier try may have been lost.
  if (found.value.lockedBy === null && isAs(found.value, pick(is.records.order, fields), after.lines))
    return { kind: 'done' };
  const told = objections(found.value, order, pick(before, fields));
  if (told.length > 0) return { kind: 'refused', problems: told };
  const linesBefore = order.overwrite || !was.ok ? [] : was.records.lines;
  const nodes = nodesOf(deps, found.value, { before, linesBefore, is: is.records, after });
  if (nodes.length > maxGraphNodes)
    return { kind: 'refused', problems: [problem('order.tooManyLines', { found: nodes.length })] };
  return nodes.length === 0 ? { kind: 'done' } : send(deps, nodes, after, signal);
}

/** Takes a draft order back out; its lines go with it. An order that is not there any more is what was wanted. */
export async function removeOrder(
  deps: AmendDeps,
  order: Parameters<Org['remove']>[0],
  signal: AbortSignal,
): Promise<AmendOutcome> {
  const found = await readOrder(deps, order.exportKey, [], signal);
  if (!found.ok) return { kind: 'notSent', problem: found.problem };
  if (found.value === null) return { kind: 'done' };
  const told = objections(found.value, order, {});
  if (told.length > 0) return { kind: 'refused', problems: told };
  const answer = await deps.session.call({
    call: 'write',
    method: 'DELETE',
    path: `/sobjects/${deps.profile.order.object}/${found.value.id}`,
    answer: z.unknown(),
    signal,
  });
  return answer.ok ? { kind: 'done' } : outcomeOfVerdict(answer);
}

interface Change {
  before: OrgRecord;
  /** Lines that are in the org just so: where the store did not change them, they are left alone. */
  linesBefore: readonly OrgRecord[];
  is: UnitRecords;
  after: OrderUnit;
}

function nodesOf({ session, profile }: AmendDeps, there: OrderThere, change: Change): GraphNode[] {
  const root = `/services/data/v${session.apiVersion}/sobjects`;
  const { line, order, buyer } = profile;
  const nodes: GraphNode[] = [];
  const patch = headerPatch(change, order.status);
  if (change.is.buyer !== null) {
    nodes.push({
      method: 'POST',
      url: `${root}/${buyer.object}`,
      referenceId: 'refBuyer',
      body: change.is.buyer,
    });
    patch[order.buyer] = '@{refBuyer.id}';
  }
  if (Object.keys(patch).length > 0)
    nodes.push({
      method: 'PATCH',
      url: `${root}/${order.object}/${there.id}`,
      referenceId: 'refOrder',
      body: patch,
    });
  const url = (id: string) => `${root}/${line.object}/${id}`;
  const steps = lineSteps(there.lines, change, line.priceEntry);
  steps.forEach((step, index) => {
    const referenceId = `refLine${index}`;
    if (step.kind === 'delete') nodes.push({ method: 'DELETE', url: url(step.id), referenceId });
    else if (step.kind === 'update')
      nodes.push({ method: 'PATCH', url: url(step.id), referenceId, body: without(step.record, line) });
    else
      nodes.push({
        method: 'POST',
        url: `${root}/${line.object}`,
        referenceId,
        body: { [line.order]: there.id, ...step.record, [line.key]: step.key },
      });
  });
  return nodes;
}

/** The header fields that the store has changed; one that is blank now is blanked. */
function headerPatch({ before, is }: Change, statusField: string): Record<string, string | number | null> {
  const patch: Record<string, string | number | null> = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(is.order)])) {
    const value = is.order[field] ?? null;
    if (field !== statusField && value !== (before[field] ?? null)) patch[field] = value;
  }
  return patch;
}

type LineStep =
  | { kind: 'delete'; id: string }
  | { kind: 'update'; id: string; record: OrgRecord }
  | { kind: 'create'; record: OrgRecord; key: string };

function lineSteps(
  there: readonly LineThere[],
  { is, after, linesBefore }: Change,
  entryField: string,
): LineStep[] {
  const unchanged = new Set(linesBefore.map((record) => JSON.stringify(record)));
  const wanted = new Map(after.lines.map((line, index) => [baseKey(line.key), is.lines[index] ?? {}]));
  const kept = new Set<string>();
  const steps: LineStep[] = [];
  for (const line of there) {
    const key = line.key === null ? '' : baseKey(line.key);
    const record = wanted.get(key);
    // A line's price entry cannot be changed (research/salesforce.md 2.1): another product is another line.
    if (record === undefined || record[entryField] !== line.entryId)
      steps.push({ kind: 'delete', id: line.id });
    else {
      kept.add(key);
      if (!unchanged.has(JSON.stringify(record))) steps.push({ kind: 'update', id: line.id, record });
    }
  }
  const takenKeys = new Set(there.map((line) => line.key));
  for (const [key, record] of wanted)
    if (!kept.has(key)) steps.push({ kind: 'create', record, key: freeKey(key, takenKeys) });
  return steps;
}

/** Nodes of a graph come in no certain order, so the place of a line that goes is not free yet. */
function freeKey(key: string, taken: ReadonlySet<string | null>): string {
  let free = key;
  for (let number = 1; taken.has(free); number += 1) free = `${key}-r${number}`;
  return free;
}

/** What an update may say of a line: neither its product nor its key. */
function without(record: OrgRecord, line: AmendDeps['profile']['line']): OrgRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([field]) => field !== line.priceEntry && field !== line.key),
  );
}

async function send(
  { session }: AmendDeps,
  nodes: GraphNode[],
  after: OrderUnit,
  signal: AbortSignal,
): Promise<AmendOutcome> {
  const answer = await session.call({
    call: 'write',
    method: 'POST',
    path: '/composite/graph',
    body: { graphs: [{ graphId: 'amend', compositeRequest: nodes }] },
    answer: graphAnswerSchema,
    signal,
  });
  if (!answer.ok) return outcomeOfVerdict(answer);
  const [graph] = answer.value.graphs;
  if (graph === undefined)
    return { kind: 'answerLost', problem: problem('org.badAnswer', {}, { detail: 'graph: no answer' }) };
  if (graph.isSuccessful) return { kind: 'done' };
  const outcome = outcomeOfErrors(causes(graph.graphResponse.compositeResponse), after);
  return outcome.kind === 'refused'
    ? outcome
    : { kind: 'notSent', problem: 'problem' in outcome ? outcome.problem : problem('order.refused') };
}

function outcomeOfVerdict({ problem: reason, certainty }: Verdict): AmendOutcome {
  if (certainty === 'maybe') return { kind: 'answerLost', problem: reason };
  return reason.class === 'data'
    ? { kind: 'refused', problems: [reason] }
    : { kind: 'notSent', problem: reason };
}

const pick = (record: OrgRecord, fields: readonly string[]): OrgRecord =>
  Object.fromEntries(Object.entries(record).filter(([field]) => fields.includes(field)));
