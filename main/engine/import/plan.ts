import Big from 'big.js';
import { decimalSchema } from '../../../contract/decimal';
import {
  type ImportMapping,
  type ImportSummary,
  importReasons,
  importRemarks,
} from '../../../contract/import';
import { gatherMarkEvidence } from './evidence';
import { orderJudge, type PlannedOrder, type RowGroup } from './orders';
import type { Intake } from './ports';
import { type RowReader, rowReader } from './rowReader';
import type { Pause, TableContent } from './table';

export type { PlannedOrder } from './orders';

/** What an import would do, before it does it. */
export interface ImportPlan {
  readonly orders: readonly PlannedOrder[];
  readonly summary: Omit<ImportSummary, 'fileId'>;
}

/**
 * Groups the rows of a table into orders by number, judges each order as a whole with all its reasons, and
 * makes the `Order` of every one that can be imported. A single bad row leaves its whole order out. Rows of
 * one order need not stand together; its lines keep the file's order. Rejects only if `knownNumbers` or
 * `pause` does.
 */
export async function planImport(
  table: TableContent,
  mapping: ImportMapping,
  { knownNumbers, pause }: { knownNumbers: Intake['knownNumbers']; pause: Pause },
): Promise<ImportPlan> {
  const evidence = await gatherMarkEvidence(table, mapping, pause);
  const reader = rowReader(table.columns, mapping, evidence);
  const groups = await groupRows(table, reader, pause);
  const known = await askKnown(groups, knownNumbers);
  const judge = orderJudge(reader, mapping);

  const orders: PlannedOrder[] = [];
  for (const group of groups) {
    await pause();
    orders.push(await judge(group, known.has(group.number), pause));
  }
  return { orders, summary: await summarise(table.rows.length, orders, mapping.currency, pause) };
}

const rowsBetweenPauses = 500;
const numbersPerQuestion = 500;
/** The most the contract can tell; only nonsense prices add up to more. */
const largestTotal = new Big('99999999999999');

/**
 * A row that names no order stands alone, unless it has a SKU and follows an order's row: then it may be a
 * line of that order, which must not be imported without it.
 */
async function groupRows(table: TableContent, reader: RowReader, pause: Pause): Promise<RowGroup[]> {
  const groups: RowGroup[] = [];
  const byNumber = new Map<string, RowGroup>();
  let previous: RowGroup | null = null;
  for (const [index, row] of table.rows.entries()) {
    if (index % rowsBetweenPauses === 0) await pause();
    const number = reader.text(row, 'orderNumber');
    if (number === '') {
      if (previous !== null && reader.text(row, 'sku') !== '') previous.unnumbered.push(row);
      else groups.push({ number, rows: [row], unnumbered: [] });
      continue;
    }
    const known = byNumber.get(number);
    if (known !== undefined) {
      known.rows.push(row);
      previous = known;
      continue;
    }
    previous = { number, rows: [row], unnumbered: [] };
    byNumber.set(number, previous);
    groups.push(previous);
  }
  return groups;
}

async function askKnown(groups: readonly RowGroup[], knownNumbers: Intake['knownNumbers']) {
  const numbers = groups.map((group) => group.number).filter((number) => number !== '');
  const known = new Set<string>();
  for (let start = 0; start < numbers.length; start += numbersPerQuestion) {
    const answer = await knownNumbers(numbers.slice(start, start + numbersPerQuestion));
    for (const number of answer) known.add(number);
  }
  return known;
}

async function summarise(
  rows: number,
  orders: readonly PlannedOrder[],
  currency: string,
  pause: Pause,
): Promise<ImportPlan['summary']> {
  const reasons = new Map(importReasons.map((reason) => [reason, { reason, orders: 0, rows: 0 }]));
  const remarks = new Map(importRemarks.map((remark) => [remark, { remark, orders: 0 }]));
  const count = { import: 0, leaveOut: 0, alreadyKnown: 0 };
  let linesToImport = 0;
  let total = new Big(0);
  for (const { view, order, rowsByReason } of orders) {
    await pause();
    count[view.verdict] += 1;
    for (const [reason, rowsConcerned] of rowsByReason) {
      const entry = reasons.get(reason);
      if (entry === undefined) continue;
      entry.orders += 1;
      entry.rows += rowsConcerned;
    }
    if (order === null) continue;
    linesToImport += order.lines.length;
    total = total.plus(order.totals.total);
    for (const remark of view.remarks) {
      const entry = remarks.get(remark);
      if (entry !== undefined) entry.orders += 1;
    }
  }
  return {
    rows,
    orders: orders.length,
    toImport: count.import,
    linesToImport,
    totalToImport: decimalSchema.parse((total.gt(largestTotal) ? largestTotal : total).toFixed()),
    currency,
    leftOut: count.leaveOut,
    alreadyKnown: count.alreadyKnown,
    reasons: [...reasons.values()].filter((entry) => entry.orders > 0),
    remarks: [...remarks.values()].filter((entry) => entry.orders > 0),
  };
}
