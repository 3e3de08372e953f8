import Big from 'big.js';
import { z } from 'zod';
import { type Problem, problem, type Result } from '../../../contract/problem';
import type { InOrg, SentLine } from '../../engine/ports';
import { columns } from '../columns';
import { readDraftStatuses } from '../orgFacts';
import type { Profile } from '../profile';
import { queryAll } from '../query';
import type { Session } from '../session/session';
import { soqlText } from '../soql';
import type { OrgRecord } from './records';

export interface InOrgDeps {
  session: Session;
  profile: Profile;
}

/** A line of an order as the org has it now. */
export interface LineThere {
  id: string;
  key: string | null;
  entryId: string | null;
  quantity: number | null;
  unitPrice: number | null;
}

/** An order as the org has it now. */
export interface OrderThere {
  id: string;
  number: string | null;
  /** Null while it can still be changed, else the status that forbids it. */
  lockedBy: string | null;
  header: Record<string, unknown>;
  lines: LineThere[];
}

/** Reads an order by its key, with the header fields asked for; null when the org does not have it. */
export async function readOrder(
  { session, profile }: InOrgDeps,
  exportKey: string,
  headerFields: readonly string[],
  signal: AbortSignal,
): Promise<Result<OrderThere | null>> {
  const { object, number, status, exportKey: keyField } = profile.order;
  const fields = [...new Set(['Id', number, status, ...headerFields])];
  const row = z.record(z.string(), z.unknown());
  const soql = `SELECT ${fields.join(', ')} FROM ${object} WHERE ${keyField} = ${soqlText(exportKey)}`;
  const orders = await queryAll(session, soql, row, signal);
  if (!orders.ok) return orders;
  const [header] = orders.value;
  if (header === undefined) return { ok: true, value: null };
  const drafts = await readDraftStatuses(session, profile, signal);
  if (!drafts.ok) return drafts;
  const id = String(header['Id']);
  const lines = await readLines({ session, profile }, id, signal);
  if (!lines.ok) return lines;
  const now = String(header[status]);
  return {
    ok: true,
    value: {
      id,
      number: typeof header[number] === 'string' ? header[number] : null,
      lockedBy: drafts.value.includes(now) ? null : now,
      header,
      lines: lines.value,
    },
  };
}

async function readLines(
  { session, profile }: InOrgDeps,
  orderId: string,
  signal: AbortSignal,
): Promise<Result<LineThere[]>> {
  const { object, order, key, priceEntry, quantity, unitPrice } = profile.line;
  const { select, row } = columns({
    id: { path: 'Id', as: z.string() },
    key: { path: key, as: z.string().nullable() },
    entryId: { path: priceEntry, as: z.string().nullable() },
    quantity: { path: quantity, as: z.number().nullable() },
    unitPrice: { path: unitPrice, as: z.number().nullable() },
  });
  return queryAll(
    session,
    `SELECT ${select} FROM ${object} WHERE ${order} = ${soqlText(orderId)}`,
    row,
    signal,
  );
}

/** Why the order may not be touched as it is; none when it is as it was sent, or a person said so. */
export function objections(
  there: OrderThere,
  order: Omit<InOrg, 'before'>,
  headerBefore: OrgRecord,
): Problem[] {
  const name = there.number ?? there.id;
  if (there.lockedBy !== null) return [problem('order.notDraft', { name, value: there.lockedBy })];
  if (order.overwrite) return [];
  const fields = fieldsThatDiffer(there, headerBefore);
  const lines = linesDiffer(there.lines, order.sent) ? ['lines'] : [];
  const changed = [...fields, ...lines];
  return changed.length === 0 ? [] : [problem('order.editedInOrg', { name, field: changed.join(', ') })];
}

/** Whether the order in the org is already what it is to be. */
export const isAs = (there: OrderThere, header: OrgRecord, lines: readonly SentLine[]): boolean =>
  fieldsThatDiffer(there, header).length === 0 && !linesDiffer(there.lines, lines);

const fieldsThatDiffer = (there: OrderThere, header: OrgRecord): string[] =>
  Object.entries(header)
    .filter(([field, value]) => !sameValue(there.header[field], value))
    .map(([field]) => field);

/** A line that took another one's place carries its key with a number behind it. */
export const baseKey = (key: string): string => key.replace(/-r\d+$/, '');

function linesDiffer(there: readonly LineThere[], sent: readonly SentLine[]): boolean {
  if (there.length !== sent.length) return true;
  const byKey = new Map(there.map((line) => [line.key === null ? null : baseKey(line.key), line]));
  return sent.some(({ key, quantity, unitPrice }) => {
    const line = byKey.get(baseKey(key));
    return (
      line === undefined || !sameAmount(line.quantity, quantity) || !sameAmount(line.unitPrice, unitPrice)
    );
  });
}

const sameAmount = (there: number | null, sent: string): boolean =>
  there !== null && new Big(String(there)).eq(sent);

/** The org cuts blanks off texts and tells a blank text as null. */
function sameValue(there: unknown, sent: string | number): boolean {
  if (typeof sent === 'number') return typeof there === 'number' && new Big(String(there)).eq(String(sent));
  return (typeof there === 'string' ? there : '').replace(/\r\n/g, '\n') === sent.replace(/\r\n/g, '\n');
}
