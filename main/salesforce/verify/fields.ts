import { type Problem, problem } from '../../../contract/problem';
import { describeObject, type FieldDescription, type ObjectDescription } from '../describe';
import type { AddressFields, Profile } from '../profile';
import type { Caller } from '../query';
import { judged, type StepResult } from './steps';

/** What the program does with a field, and so what the org must allow. */
export type FieldUse = 'read' | 'write' | 'key';

/** A field that Verify looks for; `types` lists what it may be where that matters. */
export interface WantedField {
  name: string;
  use: FieldUse;
  types?: readonly string[];
  /** The text written has up to so many characters. */
  minLength?: number;
}

const amounts = ['currency', 'double', 'int', 'percent'];
const longestExportKey = 60;
const longestLineKey = 64;

/** Everything an export does with the order object. */
export function orderFields({ order }: Profile): WantedField[] {
  return [
    { name: order.exportKey, use: 'key', types: ['string'], minLength: longestExportKey },
    ...wanted('read', [order.number, order.total]),
    ...wanted('write', [order.buyer, order.priceBook, order.effectiveDate, order.status, order.identifier]),
    ...wanted('write', [order.storeOrder, order.paymentTerms, order.company, order.notes]),
    ...wanted(
      'write',
      [order.discount, order.shipping, order.surcharge, order.tax, order.storeTotal],
      amounts,
    ),
    ...addressFields(order.delivery),
  ];
}

export function lineFields({ line }: Profile): WantedField[] {
  return [
    { name: line.key, use: 'key', types: ['string'], minLength: longestLineKey },
    ...wanted('write', [line.order, line.priceEntry]),
    ...wanted('write', [line.quantity, line.unitPrice, line.discountPercent], amounts),
    ...wanted('write', [line.note]),
  ];
}

export function buyerFields({ buyer }: Profile): WantedField[] {
  return [
    { name: buyer.taxId, use: 'key', minLength: 11 },
    ...wanted('write', [buyer.name, buyer.vatStatus, buyer.phone, buyer.email]),
    ...addressFields(buyer.address),
  ];
}

export function productFields({ product }: Profile): WantedField[] {
  return wanted('read', [product.sku, product.active, product.company]);
}

export function priceEntryFields({ priceEntry }: Profile): WantedField[] {
  return wanted('read', [
    priceEntry.priceBook,
    priceEntry.product.field,
    priceEntry.unitPrice,
    priceEntry.active,
  ]);
}

/** Checks objects against `describe`: every field there, writable, and the keys unique external IDs. */
export async function checkObjects(
  session: Caller,
  objects: readonly { object: string; fields: WantedField[] }[],
  signal: AbortSignal,
): Promise<StepResult> {
  const problems: Problem[] = [];
  for (const { object, fields } of objects) {
    const described = await describeObject(session, object, signal);
    if (!described.ok) problems.push(described.problem);
    else problems.push(...checkObject(described.value, fields));
  }
  const count = objects.reduce((total, { fields }) => total + fields.length, 0);
  return judged(problems, { object: objects.map(({ object }) => object).join(', '), found: count });
}

/** What stands in the way of using the object so. Pure. */
export function checkObject(object: ObjectDescription, fields: readonly WantedField[]): Problem[] {
  const problems: Problem[] = [];
  const writes = fields.some((field) => field.use !== 'read');
  if (!object.queryable || (writes && !object.createable))
    problems.push(problem('org.noAccess', { object: object.name }));
  for (const field of fields) {
    const there = object.fields.get(field.name);
    const found =
      there === undefined ? missing(object.name, field.name) : checkField(object.name, there, field);
    if (found !== null) problems.push(found);
  }
  return problems;
}

function checkField(object: string, there: FieldDescription, field: WantedField): Problem | null {
  const params = { object, field: there.name };
  if (field.use !== 'read' && !there.createable) return problem('org.fieldNotWritable', params);
  if (field.use === 'key' && !(there.unique && there.externalId))
    return problem('org.fieldNotUnique', {
      ...params,
      expected: 'unique, externalId',
      found: keyFlags(there),
    });
  if (field.types !== undefined && !field.types.includes(there.type))
    return problem('org.fieldNotWritable', {
      ...params,
      expected: field.types.join(', '),
      found: there.type,
    });
  if (field.minLength !== undefined && there.length > 0 && there.length < field.minLength)
    return problem('org.fieldNotWritable', {
      ...params,
      expected: field.minLength,
      found: there.length,
    });
  return null;
}

const missing = (object: string, field: string): Problem => problem('org.fieldMissing', { object, field });

const keyFlags = (field: FieldDescription): string =>
  [field.unique ? 'unique' : '', field.externalId ? 'externalId' : '']
    .filter((flag) => flag !== '')
    .join(', ');

function wanted(use: FieldUse, names: readonly (string | null)[], types?: readonly string[]): WantedField[] {
  return names
    .filter((name) => name !== null)
    .map((name) => ({ name, use, ...(types === undefined ? {} : { types }) }));
}

const addressFields = (names: AddressFields | null): WantedField[] =>
  names === null ? [] : wanted('write', Object.values(names));
