import Big from 'big.js';
import type { Decimal } from '../../../contract/decimal';
import type { Address } from '../../../contract/order';
import { type Problem, problem } from '../../../contract/problem';
import type { NewBuyer, OrderUnit, UnitLine } from '../../engine/ports';
import { toJsonNumber } from '../exactNumber';
import type { OrgFacts } from '../orgFacts';
import type { AddressFields, Profile } from '../profile';

/** A record's fields under the org's names. */
export type OrgRecord = Record<string, string | number>;

export interface UnitRecords {
  /** Null when the buyer is in the org already. */
  buyer: OrgRecord | null;
  /** Without its buyer when that one is new: its id is not known yet. */
  order: OrgRecord;
  /** Without their order, whose id is not known yet; one for each of the unit's lines, in their order. */
  lines: OrgRecord[];
}

export type Records = { ok: true; records: UnitRecords } | { ok: false; problems: Problem[] };

/**
 * The unit in the org's own objects and fields. Blank texts are left out, so that the org's own defaults
 * hold; amounts are numbers that print exactly as they were, or problems.
 */
export function makeRecords(unit: OrderUnit, profile: Profile, facts: OrgFacts): Records {
  const problems: Problem[] = [];
  const lines = unit.lines.map((line) => lineRecord(line, profile, problems));
  if (problems.length > 0) return { ok: false, problems };
  const buyer = unit.buyer.kind === 'new' ? buyerRecord(unit.buyer.record, profile) : null;
  return { ok: true, records: { buyer, order: orderRecord(unit, profile, facts), lines } };
}

/** The order line's number, from the end of its key (engine/orders/exportKey `lineKey`). */
export function lineNumberOf(line: Pick<UnitLine, 'key'>): number | undefined {
  const digits = /-(\d{1,9})b?(?:-r\d+)?$/.exec(line.key)?.[1];
  const number = Number(digits ?? 0);
  return number > 0 ? number : undefined;
}

function buyerRecord(buyer: NewBuyer, { buyer: names }: Profile): OrgRecord {
  return texts([
    [names.name, buyer.name],
    [names.taxId, buyer.taxId],
    [names.vatStatus, names.vatStatusValues[buyer.vatStatus] ?? buyer.vatStatus],
    [names.phone, buyer.phone],
    [names.email, buyer.email],
    ...address(names.address, buyer.address),
  ]);
}

function orderRecord(unit: OrderUnit, { order: names }: Profile, facts: OrgFacts): OrgRecord {
  return texts([
    [names.buyer, unit.buyer.kind === 'existing' ? unit.buyer.id : null],
    [names.effectiveDate, unit.effectiveDate],
    [names.status, facts.draftStatus],
    [names.priceBook, unit.priceBookId],
    [names.currency, facts.corporateCurrency === null ? null : unit.currency],
    [names.exportKey, unit.exportKey],
    [names.identifier, unit.identifier],
    [names.storeOrder, unit.orderNumber],
    [names.paymentTerms, unit.paymentTerms],
    [names.company, unit.company],
    [names.notes, unit.notes],
    ...address(names.delivery, unit.delivery),
  ]);
}

function lineRecord(line: UnitLine, { line: names }: Profile, problems: Problem[]): OrgRecord {
  const number = (field: string, value: Decimal, scale: number | null): OrgRecord => {
    const exact = toJsonNumber(value);
    const fits = scale === null || new Big(value).round(scale, Big.roundDown).eq(value);
    if (exact !== null && fits) return { [field]: exact };
    const code = field === names.unitPrice ? 'order.priceInvalid' : 'order.quantityInvalid';
    const at = lineNumberOf(line);
    problems.push(problem(code, { sku: line.sku, value, field }, at === undefined ? {} : { line: at }));
    return {};
  };
  return {
    ...texts([[names.priceEntry, line.entryId]]),
    ...number(names.quantity, line.quantity, names.quantityScale),
    ...number(names.unitPrice, line.unitPrice, null),
    ...(names.discountPercent === null ? {} : number(names.discountPercent, line.discountPercent, null)),
    ...texts([
      [names.key, line.key],
      [names.note, line.note],
    ]),
  };
}

type TextField = [field: string | null, value: string | null];

const address = (names: AddressFields | null, value: Address | null): TextField[] =>
  names === null || value === null
    ? []
    : [
        [names.street, value.street],
        [names.city, value.city],
        [names.province, value.province],
        [names.postalCode, value.postalCode],
        [names.country, value.country],
      ];

function texts(fields: readonly TextField[]): OrgRecord {
  const record: OrgRecord = {};
  for (const [field, value] of fields) {
    if (field !== null && value !== null && value !== '') record[field] = value;
  }
  return record;
}
