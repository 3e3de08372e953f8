import type { OrgCore } from '../core';
import { makeId, sequenceOf } from '../ids';
import type { FieldDef, ObjectDef } from '../schema/types';

/** A list of an object's records that people find on its tab. */
export interface View {
  id: string;
  label: string;
  developerName: string;
  soql: string;
}

/** The two lists that every object has. Their ids follow from the object, so they are the same in every org. */
export function viewsOf(object: ObjectDef): View[] {
  const names = columnsOf(object).map((field) => field.name);
  const order = object.fields.find((field) => field.nameField)?.name ?? 'Id';
  const select = `SELECT ${[...names, 'Id', 'SystemModstamp'].join(', ')} FROM ${object.name}`;
  const tail = ` ORDER BY ${order} ASC NULLS FIRST, Id ASC NULLS FIRST`;
  const id = (number: number): string =>
    makeId('00B', sequenceOf(`000000000000${object.keyPrefix}`) * 10 + number);
  return [
    {
      id: id(1),
      label: `All ${object.labelPlural}`,
      developerName: `All${object.name}`,
      soql: select + tail,
    },
    {
      id: id(2),
      label: 'New This Week',
      developerName: 'NewThisWeek',
      soql: `${select} WHERE CreatedDate = THIS_WEEK${tail}`,
    },
  ];
}

/** The query behind a list view, for `query?explain=<its id>`; `null` when there is no such view. */
export function viewSoql(org: OrgCore, id: string): string | null {
  for (const object of org.schema.objects) {
    const view = viewsOf(object).find((entry) => entry.id === id);
    if (view) return view.soql;
  }
  return null;
}

/** What a list shows: names and phones, and when the record was made and changed. */
export const columnsOf = (object: ObjectDef): FieldDef[] =>
  object.fields
    .filter(
      (field) =>
        field.nameField || field.type === 'phone' || ['CreatedDate', 'LastModifiedDate'].includes(field.name),
    )
    .slice(0, 6);
