import type { OrgDatabase } from '../database';
import type { ChildQuery } from './compile';
import { buildAggregate, buildRecord, type Json, type JsonRecord } from './projection';
import type { QueryResult } from './result';

/** Records `from` to `to` of a result, as JSON. */
export function buildPage(
  db: OrgDatabase,
  result: QueryResult,
  from: number,
  to: number,
  version: string,
): JsonRecord[] {
  const { compiled } = result;
  if (compiled.kind === 'count') return [];
  const rows = result.rows(from, to);
  if (compiled.kind === 'aggregate') return rows.map((row) => buildAggregate(compiled.columns, row));
  const ids = rows.flatMap((row) => {
    const id = row[compiled.shape.idColumn];
    return typeof id === 'string' ? [id] : [];
  });
  const children = compiled.children.map((child) => loadChildren(db, child, ids, version));
  return rows.flatMap((row) => {
    const record = buildRecord(compiled.shape, row, version, (index, id) => children[index]?.get(id) ?? null);
    return record ? [record] : [];
  });
}

const parentsAtOnce = 500;

function loadChildren(
  db: OrgDatabase,
  child: ChildQuery,
  parentIds: readonly string[],
  version: string,
): Map<string, Json> {
  const byParent = new Map<string, JsonRecord[]>();
  for (let start = 0; start < parentIds.length; start += parentsAtOnce) {
    const ids = parentIds.slice(start, start + parentsAtOnce);
    for (const row of db.rows(child.sql(ids.length), ...child.parameters, ...ids)) {
      const parent = row[child.parentColumn];
      const record = buildRecord(child.shape, row, version, () => null);
      if (typeof parent !== 'string' || !record) continue;
      const records = byParent.get(parent);
      if (!records) byParent.set(parent, [record]);
      else if (child.limit === null || records.length < child.limit) records.push(record);
    }
  }
  return new Map(
    [...byParent].map(([parent, records]) => [parent, { totalSize: records.length, done: true, records }]),
  );
}
