import type { Stored } from '../database';
import type { AggregateColumn, RecordShape } from './projection';

/** A query as SQL, with what is needed to build its answer. */
export type CompiledQuery =
  | { kind: 'count'; sql: string; parameters: Stored[] }
  | AggregateQuery
  | RecordsQuery;

export interface AggregateQuery {
  kind: 'aggregate';
  sql: string;
  parameters: Stored[];
  columns: AggregateColumn[];
}

/** A query for records in its parts, so that its rows can be found now and read later. */
export interface RecordsQuery {
  kind: 'records';
  columns: string[];
  /** The object's own table, then the joins by which its parents are reached. */
  source: string[];
  /** Each with its leading blank and keyword, or empty. */
  where: string;
  order: string;
  limit: { count: number | null; offset: number };
  parameters: Stored[];
  /** SQL of the number by which the table knows a row. */
  rowNumber: string;
  shape: RecordShape;
  children: ChildQuery[];
}

/** The children of the records that a query finds. */
export interface ChildQuery extends RecordsQuery {
  /** SQL of the parent's id. */
  link: string;
  /** Column with the parent's id. */
  parentColumn: number;
}
