import { z } from 'zod';
import { type Problem, problem, type Result } from '../../../contract/problem';
import type { OrderUnit, WriteOutcome } from '../../engine/ports';
import { columns } from '../columns';
import { echoCodes } from '../errorCodes';
import { orgErrorSchema } from '../failure';
import type { Profile } from '../profile';
import { queryAll } from '../query';
import type { OrgAnswer, Session } from '../session/session';
import { soqlText } from '../soql';
import { findOrders } from './find';
import type { NodeError } from './graph';
import { writeGraphs } from './graphWriter';
import { writeLastLines } from './lastLines';
import { outcomeOfErrors } from './outcome';
import type { OrgRecord, UnitRecords } from './records';

/** Records that one call to the collections resource takes (research/salesforce.md 2.3). */
const collectionSize = 200;

export interface StagedDeps {
  session: Session;
  profile: Profile;
  /** Up to so many lines an order is written all or nothing. */
  maxAtomicLines: number;
}

/**
 * Writes an order with more lines than one graph holds (research/salesforce.md 2.5). The order, its buyer
 * and the first lines go in one graph, the other lines after it in collections. That is not atomic, so
 * every step can be repeated: whatever the org already has is found by its unique key, and only what is
 * missing is sent. Until all lines are there the answer is `answerLost`, which makes the engine come back.
 * Where the order is to be activated, that goes with its last lines, all or nothing: an order that has all
 * its lines is always one that has been activated.
 */
export async function writeStaged(
  deps: StagedDeps,
  unit: OrderUnit,
  records: UnitRecords,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const begun = await begin(deps, unit, records, signal);
  if (begun.kind !== 'begun') return begun;
  const present = await presentKeys(deps, begun.orgId, signal);
  if (!present.ok) return inDoubt(present.problem);
  const missing = unit.lines.flatMap((line, index) => (present.value.has(line.key) ? [] : [index]));
  const last = records.activation === null ? [] : missing.splice(-collectionSize);
  for (let start = 0; start < missing.length; start += collectionSize) {
    const chunk = missing.slice(start, start + collectionSize);
    const stopped = await sendLines(deps, unit, records, begun, chunk, signal);
    if (stopped !== null) return stopped;
  }
  if (last.length > 0) {
    const stopped = await writeLastLines(deps, unit, records, begun.orgId, last, signal);
    if (stopped !== null) return abandon(deps, begun, stopped, signal);
  }
  return confirm(deps, unit, begun.byThisCall && records.buyer !== null, signal);
}

type Begun = { kind: 'begun'; orgId: string; byThisCall: boolean };

/** The order's record: the one from an earlier try, else a new one with as many lines as a graph takes. */
async function begin(
  deps: StagedDeps,
  unit: OrderUnit,
  records: UnitRecords,
  signal: AbortSignal,
): Promise<Begun | WriteOutcome> {
  const found = await findOrders(deps.session, deps.profile, [unit.exportKey], signal);
  if (!found.ok) return { kind: 'notSent', problem: found.problem };
  const there = found.value.get(unit.exportKey);
  if (there !== undefined) return { kind: 'begun', orgId: there.orgId, byThisCall: false };
  const lineCount = firstLines(deps, records);
  const [written] = await writeGraphs(deps, [{ unit, records, lineCount }], signal);
  if (written === undefined) return inDoubt(lost('no answer'));
  return written.kind === 'written' ? { kind: 'begun', orgId: written.orgId, byThisCall: true } : written;
}

/** As many lines as a graph takes; one at least is kept back to be activated with. */
function firstLines({ maxAtomicLines }: StagedDeps, { activation, lines }: UnitRecords): number {
  return activation === null ? maxAtomicLines : Math.min(maxAtomicLines, lines.length - 1);
}

async function presentKeys(
  deps: StagedDeps,
  orgId: string,
  signal: AbortSignal,
): Promise<Result<Set<string>>> {
  const { object, order, key } = deps.profile.line;
  const { select, row } = columns({ key: { path: key, as: z.string().nullable() } });
  const soql = `SELECT ${select} FROM ${object} WHERE ${order} = ${soqlText(orgId)}`;
  const rows = await queryAll(deps.session, soql, row, signal);
  if (!rows.ok) return rows;
  return { ok: true, value: new Set(rows.value.flatMap((line) => (line.key === null ? [] : [line.key]))) };
}

const savedSchema = z.array(
  z.object({ id: z.string().nullish(), success: z.boolean(), errors: z.array(orgErrorSchema) }),
);

/** Null when all of the chunk is in; else what to tell the engine. */
async function sendLines(
  deps: StagedDeps,
  unit: OrderUnit,
  records: UnitRecords,
  order: Begun,
  chunk: readonly number[],
  signal: AbortSignal,
): Promise<WriteOutcome | null> {
  const { line } = deps.profile;
  const typed = chunk.map((index) => ({
    attributes: { type: line.object },
    [line.order]: order.orgId,
    ...recordAt(records.lines, index),
  }));
  const answer: OrgAnswer<z.infer<typeof savedSchema>> = await deps.session.call({
    call: 'write',
    method: 'POST',
    path: '/composite/sobjects',
    body: { allOrNone: true, records: typed },
    answer: savedSchema,
    signal,
  });
  if (!answer.ok) return inDoubt(answer.problem);
  if (answer.value.length !== chunk.length) return inDoubt(lost('a collection answered in part'));
  if (answer.value.every((saved) => saved.success)) return null;
  const errors = answer.value.flatMap(({ errors: told }, position): NodeError[] =>
    told
      .filter((error) => !echoCodes.has(error.code))
      .map((error) => ({ error, lineIndex: chunk[position] ?? null })),
  );
  return abandon(deps, order, outcomeOfErrors(errors, unit), signal);
}

/**
 * A refusal is final for these lines: an order that this very call began is taken back, so that nobody
 * takes the half for the whole. One from an earlier try may have been worked on since and stays.
 */
async function abandon(
  deps: StagedDeps,
  order: Begun,
  outcome: WriteOutcome,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  if (outcome.kind === 'refused' && order.byThisCall) {
    const removed = await deps.session.call({
      call: 'write',
      method: 'DELETE',
      path: `/sobjects/${deps.profile.order.object}/${order.orgId}`,
      answer: z.unknown(),
      signal,
    });
    return removed.ok ? outcome : inDoubt(removed.problem);
  }
  if (outcome.kind === 'notSent' || outcome.kind === 'stuck') return inDoubt(outcome.problem);
  return outcome;
}

/** Counts what the org has now: only the whole order is a written one. */
async function confirm(
  deps: StagedDeps,
  unit: OrderUnit,
  buyerMade: boolean,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const found = await findOrders(deps.session, deps.profile, [unit.exportKey], signal);
  if (!found.ok) return inDoubt(found.problem);
  const there = found.value.get(unit.exportKey);
  if (there === undefined || there.lineCount !== unit.lines.length)
    return inDoubt(lost(`${there?.lineCount ?? 0} lines of ${unit.lines.length}`));
  return { kind: 'written', orgId: there.orgId, orgNumber: there.orgNumber, buyerMade };
}

const recordAt = (records: readonly OrgRecord[], index: number): OrgRecord => records[index] ?? {};

const inDoubt = (reason: Problem): WriteOutcome => ({ kind: 'answerLost', problem: reason });

const lost = (detail: string): Problem => problem('org.badAnswer', {}, { detail });
