import type { ImportOrder, ImportReason, importRemarks } from '../../../contract/import';

export type ImportRemark = (typeof importRemarks)[number];
type Reason = ImportOrder['reasons'][number];

/** Reasons listed one by one for an order; beyond that they are only counted, so that no answer is huge. */
export const maxReasonsListed = 200;
const maxValueLength = 80;

/** What was found wrong with, or worth knowing of, one order of `rowCount` rows, the first of them `firstRow`. */
export class Findings {
  readonly reasons: Reason[] = [];
  readonly remarks = new Set<ImportRemark>();
  readonly #rows = new Map<ImportReason, Set<number> | 'all'>();
  readonly #listed = new Set<string>();

  constructor(
    private readonly firstRow: number,
    private readonly rowCount: number,
  ) {}

  /** A fault of one row. */
  row(reason: ImportReason, row: number, value: string | null): void {
    this.#count(reason, row);
    this.#list(reason, row, value);
  }

  /** A fault that some rows share, such as a wrong tax ID: listed once for each value, counted for every row. */
  rows(reason: ImportReason, rows: readonly number[], value: string | null): void {
    for (const row of rows) this.#count(reason, row);
    this.#listOnce(reason, rows[0] ?? null, value);
  }

  /** A fault of the order as a whole. */
  order(reason: ImportReason, value: string | null): void {
    this.#rows.set(reason, 'all');
    this.#listOnce(reason, this.firstRow, value);
  }

  remark(remark: ImportRemark): void {
    this.remarks.add(remark);
  }

  get none(): boolean {
    return this.#rows.size === 0;
  }

  /** Whether anything but being known already stands against the order. */
  get faulty(): boolean {
    return [...this.#rows.keys()].some((reason) => reason !== 'alreadyKnown');
  }

  /** How many rows each reason concerns. */
  rowsByReason(): ReadonlyMap<ImportReason, number> {
    return new Map(
      [...this.#rows].map(([reason, rows]) => [reason, rows === 'all' ? this.rowCount : rows.size]),
    );
  }

  #count(reason: ImportReason, row: number): void {
    const rows = this.#rows.get(reason);
    if (rows === undefined) this.#rows.set(reason, new Set([row]));
    else if (rows !== 'all') rows.add(row);
  }

  #listOnce(reason: ImportReason, row: number | null, value: string | null): void {
    const key = `${reason}\n${value ?? ''}`;
    if (this.#listed.has(key)) return;
    this.#listed.add(key);
    this.#list(reason, row, value);
  }

  #list(reason: ImportReason, row: number | null, value: string | null): void {
    if (this.reasons.length >= maxReasonsListed) return;
    const shown =
      value !== null && value.length > maxValueLength ? `${value.slice(0, maxValueLength)}…` : value;
    this.reasons.push({ reason, row, value: shown });
  }
}
