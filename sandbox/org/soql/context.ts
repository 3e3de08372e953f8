import type { OrgSchema } from '../schema';
import { noSuchType } from './errors';
import { Scope } from './scope';

/** What a query is read against. */
export interface CompileOptions {
  schema: OrgSchema;
  /** queryAll: records in the recycle bin too. */
  includeDeleted: boolean;
  now: number;
  timeZone: string;
  /** How FORMAT() writes: the user's locale, e.g. `es-AR`, and the org's currency. */
  locale: string;
  currency: string;
}

/** One query being compiled; hands out table aliases that are unique in it. */
export interface QueryContext {
  readonly soql: string;
  readonly options: CompileOptions;
  nextAlias(): string;
}

export function queryContext(soql: string, options: CompileOptions): QueryContext {
  let aliases = 0;
  return { soql, options, nextAlias: () => `t${aliases++}` };
}

/** The FROM clause of a query or of a semi join. Throws INVALID_TYPE. */
export function openScope(context: QueryContext, objectName: string, alias: string | undefined): Scope {
  const object = context.options.schema.object(objectName);
  if (!object) throw noSuchType(context.soql, objectName);
  return new Scope(context.soql, context.options.schema, object, alias, () => context.nextAlias());
}
