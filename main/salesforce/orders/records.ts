import Big from 'big.js';
import type { Decimal } from '../../../contract/decimal';
import type { Address } from '../../../contract/order';
import { type Problem, problem } from '../../../contract/problem';
import type { BuyerFacts, NewBuyer, OrderUnit, UnitLine } from '../../engine/ports';
import { toJsonNumber } from '../exactNumber';
import type { OrgFacts } from '../orgFacts';
import type { AddressFields, Profile } from '../profile';

/** A record's fields under the org's names. */
export type OrgRecord = Record<string, string | number>;

export interface UnitRecords {
  /** Null when the buyer is in the org already. */
  buyer: OrgRecord | null;
  /** What a known buyer's record lacks or has differently; null when there is nothing to change. */
  buyerUpdate: { id: string; fields: OrgRecord } | null;
  /** Without its buyer when that one is new: its id is not known yet. */
  order: OrgRecord;
  /** Without their order, whose id is not known yet; one for each of the unit's lines, in their order. */
  lines: OrgRecord[];
  /** Null when the order stays a draft. */
  activation: OrgRecord | null;
}

export type Records = { ok: true; records: UnitRecords } | { ok: false; problems: Problem[] };

/**
 * The unit in the org's own objects and fields. Blank texts are left out, so that the org's own defaults
 * hold; amounts are numbers that print exactly as they were, or problems.
 */
export function makeRecords(unit: OrderUnit, profile: Profile, facts: OrgFacts): Records {
  const problems: Problem[] = [];
  const lines = unit.lines.map((line) => lineRecord(line, profile, problems));
  const order = { ...orderRecord(unit, profile, facts), ...amountFields(unit, profile, problems) };
  const activation = activationRecord(unit, profile, facts, problems);
  if (problems.length > 0) return { ok: false, problems };
  const { buyer: who } = unit;
  const buyer = who.kind === 'new' ? buyerRecord(who.record, profile) : null;
  const buyerUpdate = who.kind === 'existing' ? updateRecord(who, profile) : null;
  return { ok: true, records: { buyer, buyerUpdate, order, lines, activation } };
}

/** The order line's number, from the end of its key (engine/orders/exportKey `lineKey`). */
export function lineNumberOf(line: Pick<UnitLine, 'key'>): number | undefined {
  const digits = /-(\d{1,9})b?(?:-r\d+)?$/.exec(line.key)?.[1];
  const number = Number(digits ?? 0);
  return number > 0 ? number : undefined;
}

function buyerRecord(buyer: NewBuyer, profile: Profile): OrgRecord {
  const { name, taxId } = profile.buyer;
  return texts([[name, buyer.name], [taxId, buyer.taxId], ...buyerFacts(factsOf(buyer, profile), profile)]);
}

/** What the org is to have of the buyer, in the org's own words. */
function factsOf(buyer: NewBuyer, { buyer: names }: Profile): BuyerFacts {
  const { vatStatus, phone, email, address: at } = buyer;
  const vatText = buyer.vatText ?? names.vatStatusValues[vatStatus] ?? vatStatus;
  return { vatText, phone, email, address: at };
}

const buyerFacts = (facts: BuyerFacts, { buyer: names }: Profile): TextField[] => [
  [names.vatStatus, facts.vatText],
  [names.phone, facts.phone],
  [names.email, facts.email],
  ...address(names.address, facts.address),
];

/** Only what differs is written, and nothing that the org has is ever blanked out. */
function updateRecord(
  { id, update }: Extract<OrderUnit['buyer'], { kind: 'existing' }>,
  profile: Profile,
): UnitRecords['buyerUpdate'] {
  if (update === undefined) return null;
  const known = new Map(buyerFacts(update.known, profile));
  const wanted = buyerFacts(factsOf(update.wanted, profile), profile);
  const fields = texts(
    wanted.filter(
      ([field, value]) => !sameText(known.get(field) ?? '', value ?? '', field === profile.buyer.email),
    ),
  );
  return Object.keys(fields).length === 0 ? null : { id, fields };
}

/** Orgs keep e-mail addresses in lower case. */
const sameText = (a: string, b: string, anyCase: boolean): boolean =>
  anyCase ? a.trim().toLowerCase() === b.trim().toLowerCase() : a.trim() === b.trim();

const amountNames = ['discount', 'shipping', 'surcharge', 'tax'] as const;

/** Amounts beside the lines. One that has no field in this org is a problem, since it would be lost. */
function amountFields(unit: OrderUnit, { order }: Profile, problems: Problem[]): OrgRecord {
  const record: OrgRecord = {};
  const put = (field: string, value: Decimal): void => {
    const exact = toJsonNumber(value);
    if (exact === null) problems.push(problem('order.chargeInvalid', { value, field }));
    else record[field] = exact;
  };
  for (const name of amountNames) {
    const value = unit.header[name];
    const field = order[name];
    if (value === null) continue;
    if (field === null) problems.push(problem('org.fieldMissing', { object: order.object, field: name }));
    else put(field, value);
  }
  if (order.storeTotal !== null) put(order.storeTotal, unit.total);
  return record;
}

function activationRecord(
  { activateAs }: OrderUnit,
  { order, orderStatus }: Profile,
  { activeStatuses }: OrgFacts,
  problems: Problem[],
): OrgRecord | null {
  if (activateAs === null) return null;
  const value = activeStatuses?.get(activateAs);
  if (value !== undefined) return { [order.status]: value };
  problems.push(problem('org.statusMissing', { value: activateAs, object: orderStatus.object }));
  return null;
}

function orderRecord(unit: OrderUnit, { order: names }: Profile, facts: OrgFacts): OrgRecord {
  return texts([
    [names.buyer, unit.buyer.kind === 'existing' ? unit.buyer.id : null],
    [names.effectiveDate, unit.effectiveDate],
    [names.status, facts.draftStatus],
    [names.priceBook, unit.priceBookId],
    [names.currency, facts.currency.kind === 'one' ? null : unit.currency],
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
