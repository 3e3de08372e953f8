import { z } from 'zod';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import type { ReadEnd, ReadRequest } from '../../engine/catalog/ports';
import { columns } from '../columns';
import { queryAll } from '../query';
import { readByBulk } from './bulk';
import { patiently } from './patience';
import type { RawQuery, RowReader } from './rawQuery';
import { openByRest, readByRest } from './rest';
import {
  deletedField,
  fieldsForChanges,
  type RowSource,
  soqlForAll,
  soqlForChanges,
  soqlForMeasure,
  stampField,
} from './rowSource';
import { flagOf, UnexpectedValue } from './values';

/** Above so many rows the Bulk API is faster and cheaper in calls (research/salesforce.md 3.5). */
const mostRestRows = 50_000;

/**
 * Reads all rows of a source, or what changed since a mark, by REST or by the Bulk API as their number asks for. Fewer
 * rows than the org announced are an error, never an end.
 */
export async function readRows<Row>(
  reader: RowReader,
  source: RowSource<Row>,
  request: ReadRequest<Row>,
  mostRest = mostRestRows,
): Promise<Result<ReadEnd>> {
  try {
    return request.since === null
      ? await readAll(reader, source, request, mostRest)
      : await readChanges(reader, source, request, request.since, mostRest);
  } catch (error) {
    if (!(error instanceof UnexpectedValue)) throw error;
    return failed(problem('org.badAnswer', {}, { detail: `${source.object}: ${error.message}` }));
  }
}

async function readAll<Row>(
  reader: RowReader,
  source: RowSource<Row>,
  { take, onTotal, signal }: ReadRequest<Row>,
  mostRest: number,
): Promise<Result<ReadEnd>> {
  const { row } = columns({
    total: { path: 'total', as: z.number().int() },
    mark: { path: 'mark', as: z.string().nullable() },
  });
  const measured = await patiently(
    async () => {
      const rows = await queryAll(reader.lookUps, soqlForMeasure(source), row, signal);
      return rows.ok ? rows : { ...rows, certainty: 'refused' };
    },
    reader.clock,
    signal,
  );
  if (!measured.ok) return failed(measured.problem);
  // By the answer that has just come: what was known before is of no use when the computer's clock was put right since.
  const askedAt = reader.session.orgTime();
  const [found] = measured.value;
  const total = found?.total ?? 0;
  onTotal(total);
  const query: RawQuery = {
    soql: soqlForAll(source),
    fields: source.fields,
    all: false,
    take: (rows) => take(rows.map((values) => source.read(values, false))),
    signal,
  };
  const read = total > mostRest ? await readByBulk(reader, query) : await readByRest(reader, query);
  return read.ok ? ok({ rows: read.value, mark: laterOf(found?.mark ?? null, askedAt) }) : read;
}

async function readChanges<Row>(
  reader: RowReader,
  source: RowSource<Row>,
  { take, onTotal, signal }: ReadRequest<Row>,
  since: string,
  mostRest: number,
): Promise<Result<ReadEnd>> {
  let mark: string | null = since;
  const fields = fieldsForChanges(source);
  const { membership } = source;
  const at = (field: string) => fields.indexOf(field);
  const [deletedAt, stampAt] = [at(deletedField), at(stampField)];
  const memberAt = membership === null ? -1 : at(membership.field);
  const query: RawQuery = {
    soql: soqlForChanges(source, since),
    fields,
    all: true,
    take: (rows) =>
      take(
        rows.map((values) => {
          const stamp = values[stampAt];
          if (typeof stamp === 'string') mark = laterOf(mark, Date.parse(stamp));
          const left = membership?.isMember(values[memberAt]) === false;
          return source.read(values, left || flagOf(values[deletedAt]));
        }),
      ),
    signal,
  };
  const opened = await openByRest(reader, query);
  if (!opened.ok) return opened;
  mark = laterOf(mark, reader.session.orgTime());
  onTotal(opened.value.total);
  // Many at once are changed by whoever loads a whole price list anew.
  const read = opened.value.total > mostRest ? await readByBulk(reader, query) : await opened.value.read();
  return read.ok ? ok({ rows: read.value, mark }) : read;
}

/**
 * From where on a later reading looks for changes: the time of this one's first answer, by the org's clock. By the latest
 * stamp alone, everything that was loaded at once would be read again and again.
 */
function laterOf(stamp: string | null, at: number | null): string | null {
  const known = stamp === null ? null : Date.parse(stamp);
  const latest = Math.max(known ?? Number.NEGATIVE_INFINITY, at ?? Number.NEGATIVE_INFINITY);
  return Number.isFinite(latest) ? new Date(latest).toISOString() : null;
}
