import type { Row } from '../database';
import type { OrgError } from '../errors';
import type { FieldDef, ObjectDef } from '../schema/types';
import type { RuleContext } from './context';

/** A required lookup keeps its parent from being deleted (field reference: "deleteConstraint" Restrict). */
export function restrictingErrors(object: ObjectDef, record: Row, context: RuleContext): OrgError[] {
  return customLinks(object, context)
    .filter(({ field }) => !field.nillable && !field.cascadeDelete)
    .filter(({ child, field }) => context.records.findBy(child, field.name, record['Id'] ?? null).length > 0)
    .slice(0, 1)
    .map(({ child }) => ({
      errorCode: 'DELETE_FAILED',
      message: `Your attempt to delete ${String(record['Name'] ?? '')} could not be completed because it is associated with the following ${child.labelPlural.toLowerCase()}.`,
      fields: [],
    }));
}

/** The details of a master go with it, and lookups to it become empty: for deployed relationships. */
export function releaseChildren(object: ObjectDef, record: Row, context: RuleContext): void {
  for (const { child, field } of customLinks(object, context)) {
    for (const row of context.records.findBy(child, field.name, record['Id'] ?? null)) {
      const id = String(row['Id']);
      if (!field.cascadeDelete) context.records.update(child, id, { [field.name]: null });
      else {
        context.records.remove(child, id);
        releaseChildren(child, row, context);
      }
    }
  }
}

const customLinks = (
  object: ObjectDef,
  context: RuleContext,
): readonly { child: ObjectDef; field: FieldDef }[] =>
  context.schema.objects.flatMap((child) =>
    child.fields
      .filter((field) => field.custom && field.referenceTo.includes(object.name))
      .map((field) => ({ child, field })),
  );
