/** Rows of one object of the org: which, their fields by paths, and how a row is made of the values. */
export interface RowSource<Row> {
  object: string;
  /** Null for all of them. */
  where: string | null;
  fields: readonly string[];
  read: (values: readonly unknown[], gone: boolean) => Row;
}

/** Every record has them, standard or custom (object reference, "System Fields"). */
export const stampField = 'SystemModstamp';
export const deletedField = 'IsDeleted';

/** Changes become visible some time after their stamp: so far back a reading looks again (research/salesforce.md 3.6). */
const overlapMs = 5 * 60_000;

export function soqlForAll<Row>({ object, where, fields }: RowSource<Row>): string {
  return `SELECT ${fields.join(', ')} FROM ${object}${where === null ? '' : ` WHERE ${where}`}`;
}

/** What changed since an earlier reading's mark, deleted rows too where `queryAll` is asked. */
export function soqlForChanges<Row>({ object, where, fields }: RowSource<Row>, mark: string): string {
  const since = new Date(Date.parse(mark) - overlapMs).toISOString();
  const conditions = [...(where === null ? [] : [where]), `${stampField} >= ${since}`].join(' AND ');
  return `SELECT ${[...fields, deletedField, stampField].join(', ')} FROM ${object} WHERE ${conditions}`;
}

/** How many rows there are, and the latest stamp among them, from which on a later reading finds what changed. */
export function soqlForMeasure<Row>({ object, where }: RowSource<Row>): string {
  return `SELECT COUNT(Id) total, MAX(${stampField}) mark FROM ${object}${where === null ? '' : ` WHERE ${where}`}`;
}
