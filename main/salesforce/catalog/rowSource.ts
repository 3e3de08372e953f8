/** Rows of one object of the org: which, their fields by paths, and how a row is made of the values. */
export interface RowSource<Row> {
  object: string;
  /** What a row belongs to from its beginning to its end; null for all of them. */
  where: string | null;
  /** What rows can leave: a reading of changes asks for the field instead, or it would never hear of those that did. */
  membership: Membership | null;
  fields: readonly string[];
  read: (values: readonly unknown[], gone: boolean) => Row;
}

export interface Membership {
  condition: string;
  field: string;
  isMember: (value: unknown) => boolean;
}

/** Every record has them, standard or custom (object reference, "System Fields"). */
export const stampField = 'SystemModstamp';
export const deletedField = 'IsDeleted';

/** Changes become visible some time after their stamp: so far back a reading looks again (research/salesforce.md 3.6). */
const overlapMs = 5 * 60_000;

export function soqlForAll<Row>(source: RowSource<Row>): string {
  return `SELECT ${source.fields.join(', ')} FROM ${source.object}${whereOf(source)}`;
}

/** What a reading of changes asks for: the fields, and what says whether the row still belongs there. */
export function fieldsForChanges<Row>({ fields, membership }: RowSource<Row>): string[] {
  const asked = [...fields, deletedField, stampField, ...(membership === null ? [] : [membership.field])];
  return [...new Set(asked)];
}

/**
 * What changed since an earlier reading's mark, deleted rows too where `queryAll` is asked. Those come first: a price that
 * was deleted and entered anew is there.
 */
export function soqlForChanges<Row>(source: RowSource<Row>, mark: string): string {
  const { object, where } = source;
  const since = new Date(Date.parse(mark) - overlapMs).toISOString();
  const conditions = [...(where === null ? [] : [where]), `${stampField} >= ${since}`].join(' AND ');
  return `SELECT ${fieldsForChanges(source).join(', ')} FROM ${object} WHERE ${conditions} ORDER BY ${deletedField} DESC`;
}

/** How many rows there are, and the latest stamp among them, from which on a later reading finds what changed. */
export function soqlForMeasure<Row>(source: RowSource<Row>): string {
  return `SELECT COUNT(Id) total, MAX(${stampField}) mark FROM ${source.object}${whereOf(source)}`;
}

function whereOf<Row>({ where, membership }: RowSource<Row>): string {
  const conditions = [
    ...(where === null ? [] : [where]),
    ...(membership === null ? [] : [membership.condition]),
  ];
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}
