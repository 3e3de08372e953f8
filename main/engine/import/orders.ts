import Big from 'big.js';
import { type Decimal, decimalSchema } from '../../../contract/decimal';
import type { ImportMapping, ImportOrder, ImportReason } from '../../../contract/import';
import { type Line, type Order, orderSchema } from '../../../contract/order';
import { firstText, readBuyer } from './buyer';
import { Findings } from './findings';
import { type LineReader, lineReader } from './lines';
import { type LocalDateTime, parseLocalDate, wallClock } from './localDate';
import type { RowReader } from './rowReader';
import type { Pause, TableRow } from './table';
import { type Zoned, zoneConverter } from './timeZone';

/** The rows that make up one order, in the order of the file. */
export interface RowGroup {
  /** Empty for a row that names no order. */
  readonly number: string;
  readonly rows: TableRow[];
  /** Rows that name no order but follow this one's and look like lines of it. */
  readonly unnumbered: TableRow[];
}

/** An order of the file with its verdict; `order` is there exactly when it is to be imported. */
export interface PlannedOrder {
  readonly view: ImportOrder;
  readonly order: Order | null;
  readonly rowsByReason: ReadonlyMap<ImportReason, number>;
}

/** Judges one group of rows; `known` says whether the outbox holds that number already. */
export type OrderJudge = (group: RowGroup, known: boolean, pause: Pause) => Promise<PlannedOrder>;

/** An order of more rows than this is left out unread (contract/order.ts): the wrong column was chosen. */
const maxLines = 10_000;
const rowsBetweenPauses = 200;

/** Prepares the mapping once for all orders of a file. */
export function orderJudge(reader: RowReader, mapping: ImportMapping): OrderJudge {
  const context: Context = {
    reader,
    mapping,
    readLine: lineReader(reader, mapping),
    toZone: zoneConverter(mapping.timeZone),
  };
  return async (group, known, pause) => {
    if (group.number === '') return leftOutUnread(group, 'orderNumberMissing', null);
    if (group.rows.length > maxLines) {
      return leftOutUnread(group, 'tooManyLines', String(group.rows.length));
    }
    return judge(group, known, context, pause);
  };
}

const findingsOf = ({ rows }: RowGroup) => new Findings(rows[0]?.number ?? 0, rows.length);

function leftOutUnread(group: RowGroup, reason: ImportReason, value: string | null): PlannedOrder {
  const findings = findingsOf(group);
  findings.order(reason, value);
  return {
    view: {
      number: group.number,
      buyer: '',
      confirmedAt: null,
      lineCount: group.rows.length,
      total: null,
      verdict: 'leaveOut',
      reasons: findings.reasons,
      remarks: [],
    },
    order: null,
    rowsByReason: findings.rowsByReason(),
  };
}

interface Context {
  reader: RowReader;
  mapping: ImportMapping;
  readLine: LineReader;
  toZone: Zoned;
}

async function judge(group: RowGroup, known: boolean, context: Context, pause: Pause): Promise<PlannedOrder> {
  const findings = findingsOf(group);
  const { number, rows } = group;
  checkNumber(group, context.mapping, findings);
  if (known) findings.order('alreadyKnown', number);
  const confirmedAt = readDate(rows, context, findings);
  const { buyer, name } = readBuyer(rows, context.reader, context.mapping, findings);
  const { lines, total } = await readLines(rows, context, findings, pause);
  const header = readHeader(group, confirmedAt, total, context, findings);

  const importable = header !== null && buyer !== null && findings.none;
  if (!importable && findings.none) {
    throw new Error(`Order ${number} does not fit the contract, and no rule of the import says why`);
  }
  return {
    view: {
      number,
      buyer: name,
      confirmedAt,
      lineCount: importable ? lines.length : rows.length,
      total,
      verdict: importable ? 'import' : findings.faulty ? 'leaveOut' : 'alreadyKnown',
      reasons: findings.reasons,
      remarks: [...findings.remarks],
    },
    order: importable ? { ...header, buyer, lines } : null,
    rowsByReason: findings.rowsByReason(),
  };
}

function checkNumber(group: RowGroup, mapping: ImportMapping, findings: Findings): void {
  const { number, unnumbered } = group;
  for (const row of unnumbered) findings.row('orderNumberMissing', row.number, null);
  const prefix = mapping.cancellationPrefix.trim().toUpperCase();
  if (prefix !== '' && number.toUpperCase().startsWith(prefix)) {
    findings.order('cancellation', number);
  }
}

/**
 * The instant of confirmation: the earliest of the order's rows. The rows of one invoice may lie a minute
 * apart, as systems stamp them one by one; that is worth a remark, not a refusal.
 */
function readDate(rows: readonly TableRow[], context: Context, findings: Findings): string | null {
  let earliest: { date: LocalDateTime; at: number } | null = null;
  const texts = new Map<string, ReturnType<typeof parseLocalDate>>();
  let valid = true;
  for (const row of rows) {
    const text = context.reader.text(row, 'date');
    const known = texts.get(text);
    const date = known === undefined ? parseLocalDate(text, context.mapping.dateOrder) : known;
    texts.set(text, date);
    if (date === null) {
      valid = false;
      findings.rows('dateInvalid', [row.number], text || null);
      continue;
    }
    const at = wallClock(date) - (date.offsetMinutes ?? 0) * 60_000;
    if (earliest !== null && at !== earliest.at) findings.remark('datesDiffer');
    if (earliest === null || at < earliest.at) earliest = { date, at };
  }
  return valid && earliest !== null ? context.toZone(earliest.date) : null;
}

async function readLines(rows: readonly TableRow[], context: Context, findings: Findings, pause: Pause) {
  const lines: Line[] = [];
  let total: Big | null = new Big(0);
  let kept = 0;
  for (const [index, row] of rows.entries()) {
    if (index % rowsBetweenPauses === 0) await pause();
    const reading = context.readLine(row, kept + 1, findings);
    if (reading.kind === 'chargeLeftOut') {
      findings.remark('chargeLeftOut');
      continue;
    }
    kept += 1;
    if (reading.kind === 'charge') findings.remark('chargeAsLine');
    if (reading.line !== null) lines.push(reading.line);
    total = total === null || reading.total === null ? null : total.plus(reading.total);
  }
  if (kept === 0) findings.order('onlyCharges', null);
  return { lines, total: asDecimal(total) };
}

function asDecimal(value: Big | null): Decimal | null {
  const parsed = decimalSchema.safeParse(value?.toFixed());
  return parsed.success ? parsed.data : null;
}

/** All of an order but its buyer and lines, which have schemas of their own and may be many. */
const headerSchema = orderSchema.omit({ buyer: true, lines: true });
const none = decimalSchema.parse('0');

function readHeader(
  group: RowGroup,
  confirmedAt: string | null,
  total: Decimal | null,
  { reader, mapping }: Context,
  findings: Findings,
) {
  const terms = firstText(group.rows, reader, 'paymentTerms');
  const notes = gatherNotes(group.rows, reader);
  const texts = { number: group.number, paymentTerms: terms, notes };
  const parsed = headerSchema.safeParse({
    ...texts,
    revision: 0,
    confirmedAt,
    channel: 'file',
    salesRep: null,
    currency: mapping.currency,
    company: null,
    delivery: null,
    totals: { lines: total, discount: none, shipping: none, surcharge: none, tax: none, total },
  });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const text = Object.entries(texts).find(([key]) => key === issue.path[0])?.[1];
    if (text !== undefined && text !== '') findings.order('textTooLong', text);
  }
  // Every line can be read, and yet their sum is beyond what an amount may be.
  if (total === null && !findings.faulty) findings.order('priceInvalid', null);
  return null;
}

/** Notes are repeated on every row, or differ by row: each different one once, in the order of the file. */
function gatherNotes(rows: readonly TableRow[], reader: RowReader): string {
  return [...new Set(rows.map((row) => reader.paragraphs(row, 'notes')).filter((note) => note !== ''))].join(
    '\n',
  );
}
