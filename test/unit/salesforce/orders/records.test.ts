import { describe, expect, it } from 'vitest';
import { describeOutgoing } from '../../../../main/salesforce/orders/outgoing';
import { lineNumberOf, makeRecords } from '../../../../main/salesforce/orders/records';
import type { OrgFacts } from '../../../../main/salesforce/orgFacts';
import { builtInProfiles } from '../../../../main/salesforce/profile';
import { decimal, makeUnit, makeUnitLine } from '../../../support/units';

const profile = builtInProfiles.standard;
const facts: OrgFacts = { draftStatus: 'Borrador', currency: { kind: 'one', code: null } };
const address = {
  street: 'Av. Corrientes 1234',
  city: 'CABA',
  province: '',
  postalCode: 'C1043',
  country: 'Argentina',
};

const recordsOf = (unit: ReturnType<typeof makeUnit>, known = facts, names = profile) => {
  const made = makeRecords(unit, names, known);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.records;
};

describe('makeRecords', () => {
  it('writes an order of a known buyer', () => {
    const { buyer, order, lines } = recordsOf(
      makeUnit(0, {
        notes: 'Entregar por la tarde',
        company: 'Norte',
        delivery: address,
        lines: [
          makeUnitLine(1, 'PAGINAWEB-1001', {
            quantity: decimal('6'),
            unitPrice: decimal('2.30'),
            discountPercent: decimal('10'),
            note: 'rojo',
          }),
        ],
      }),
    );
    expect(buyer).toBeNull();
    expect(order).toEqual({
      AccountId: '001000000000001AAA',
      EffectiveDate: '2026-11-20',
      Status: 'Borrador',
      Pricebook2Id: '01s000000000001AAA',
      Puente_ExportKey__c: 'PAGINAWEB-1001',
      Puente_Identifier__c: 'PAGINAWEB',
      Puente_StoreOrder__c: '1001',
      Puente_PaymentTerms__c: '30 días',
      Puente_Company__c: 'Norte',
      Puente_StoreTotal__c: 0,
      Description: 'Entregar por la tarde',
      ShippingStreet: 'Av. Corrientes 1234',
      ShippingCity: 'CABA',
      ShippingPostalCode: 'C1043',
      ShippingCountry: 'Argentina',
    });
    expect(lines).toEqual([
      {
        PricebookEntryId: '01u000000000001AAA',
        Quantity: 6,
        UnitPrice: 2.3,
        Puente_DiscountPercent__c: 10,
        Puente_LineKey__c: 'PAGINAWEB-1001-1',
        Description: 'rojo',
      },
    ]);
  });

  it('writes a new buyer with the org’s words for its VAT status, and no id on the order yet', () => {
    const { buyer, order } = recordsOf(
      makeUnit(1, {
        buyer: {
          kind: 'new',
          record: {
            name: "O'Higgins & Hijos",
            taxId: '30712345671',
            vatStatus: 'monotributo',
            address,
            phone: null,
            email: 'compras@example.com',
          },
        },
      }),
      facts,
      { ...profile, buyer: { ...profile.buyer, vatStatusValues: { monotributo: 'MT' } } },
    );
    expect(buyer).toMatchObject({
      Name: "O'Higgins & Hijos",
      Puente_TaxId__c: '30712345671',
      Puente_VatStatus__c: 'MT',
      Puente_Email__c: 'compras@example.com',
      BillingStreet: 'Av. Corrientes 1234',
    });
    expect(buyer).not.toHaveProperty('Phone');
    expect(order).not.toHaveProperty('AccountId');
  });

  it('writes the org’s own word for a VAT status before the profile’s', () => {
    const record = { name: 'A', taxId: '1', vatStatus: 'monotributo', vatText: 'M', address: null };
    const { buyer } = recordsOf(
      makeUnit(1, { buyer: { kind: 'new', record: { ...record, phone: null, email: null } } }),
    );
    expect(buyer).toEqual({ Name: 'A', Puente_TaxId__c: '1', Puente_VatStatus__c: 'M' });
  });

  it('writes amounts beside the lines into their fields, and the store’s total', () => {
    const header = { discount: decimal('15.00'), shipping: decimal('0.1'), surcharge: null, tax: null };
    const { order } = recordsOf(makeUnit(1, { header, total: decimal('1234567890.55') }));
    expect(order).toMatchObject({
      Puente_Discount__c: 15,
      Puente_Shipping__c: 0.1,
      Puente_StoreTotal__c: 1234567890.55,
    });
    expect(order).not.toHaveProperty('Puente_Tax__c');
  });

  it('will not lose an amount for which the profile has no field', () => {
    const header = { discount: null, shipping: decimal('5'), surcharge: null, tax: null };
    const names = { ...profile, order: { ...profile.order, shipping: null, storeTotal: null } };
    expect(makeRecords(makeUnit(1, { header }), names, facts)).toMatchObject({
      ok: false,
      problems: [{ code: 'org.fieldMissing', params: { object: 'Order', field: 'shipping' } }],
    });
    expect(makeRecords(makeUnit(1), names, facts).ok).toBe(true);
  });

  it('changes of a known buyer only what differs, and blanks nothing out', () => {
    const known = { vatText: 'Monotributo', phone: '11 5550-1000 ', email: 'Compras@Example.com', address };
    const wanted = {
      name: 'Otro nombre',
      taxId: '30712345671',
      vatStatus: 'responsable-inscripto',
      address: { ...address, street: 'Belgrano 1', postalCode: '' },
      phone: '11 5550-1000',
      email: 'compras@example.com',
    };
    const buyer = { kind: 'existing', id: '001A', name: 'El Sol', taxId: '30712345671' } as const;
    const update = (facts: typeof known) =>
      recordsOf(makeUnit(1, { buyer: { ...buyer, update: { known: facts, wanted } } })).buyerUpdate;
    expect(update(known)).toEqual({
      id: '001A',
      fields: { Puente_VatStatus__c: 'responsable-inscripto', BillingStreet: 'Belgrano 1' },
    });
    expect(update({ ...known, vatText: 'responsable-inscripto', address: wanted.address })).toBeNull();
    expect(recordsOf(makeUnit(1, { buyer })).buyerUpdate).toBeNull();
  });

  it('activates by the status’s label or name, and tells when the org has no such status', () => {
    const active = { ...facts, activeStatuses: new Map([['Confirmado', 'Activated']]) };
    const unit = makeUnit(1, { activateAs: 'Confirmado' });
    expect(recordsOf(unit, active).activation).toEqual({ Status: 'Activated' });
    expect(recordsOf(makeUnit(1), active).activation).toBeNull();
    expect(makeRecords(makeUnit(1, { activateAs: 'Cerrado' }), profile, active)).toMatchObject({
      ok: false,
      problems: [{ code: 'org.statusMissing', params: { value: 'Cerrado' } }],
    });
  });

  it('names the currency only where the org has several', () => {
    expect(recordsOf(makeUnit(1)).order).not.toHaveProperty('CurrencyIsoCode');
    const several = recordsOf(makeUnit(1), { ...facts, currency: { kind: 'several', corporate: 'ARS' } });
    expect(several.order).toHaveProperty('CurrencyIsoCode', 'ARS');
  });

  it('tells every amount that the org would round, with its line', () => {
    const made = makeRecords(
      makeUnit(0, {
        lines: [
          makeUnitLine(1, 'K', { quantity: decimal('1.250') }),
          makeUnitLine(2, 'K', { quantity: decimal('1.255') }),
          makeUnitLine(3, 'K', { unitPrice: decimal('12345678901234.567') }),
        ],
      }),
      profile,
      facts,
    );
    expect(made).toMatchObject({
      ok: false,
      problems: [
        { code: 'order.quantityInvalid', line: 2, params: { sku: 'SKU-2', value: '1.255' } },
        { code: 'order.priceInvalid', line: 3, params: { sku: 'SKU-3' } },
      ],
    });
  });
});

describe('lineNumberOf', () => {
  it.each([
    ['PAGINAWEB-1001-3', 3],
    ['PAGINAWEB-1001-3b', 3],
    ['PAGINAWEB-A-7', 7],
    ['nonsense', undefined],
    ['K-0', undefined],
    ['PAGINAWEB-1001-shipping', undefined],
  ])('%s is line %s', (key, number) => {
    expect(lineNumberOf({ key })).toBe(number);
  });
});

describe('describeOutgoing', () => {
  it('shows buyer, order and lines in the org’s names, with the SKU a person knows', () => {
    const unit = makeUnit(1);
    const records = describeOutgoing(unit, recordsOf(unit), profile);
    expect(records.map(({ object, action }) => `${action} ${object}`)).toEqual([
      'use Account',
      'create Order',
      'create OrderItem',
    ]);
    expect(records[0]?.fields).toContainEqual({ name: 'Name', value: 'El Sol SRL' });
    expect(records[2]?.fields[0]).toEqual({ name: 'Product2.StockKeepingUnit', value: 'SKU-1' });
    expect(records[2]?.fields).toContainEqual({ name: 'UnitPrice', value: '1' });
  });

  it('shows what changes of a known buyer, and the activation', () => {
    const nothing = { phone: null, email: null, address: null };
    const known = { ...nothing, vatText: null };
    const wanted = { ...nothing, name: 'El Sol', taxId: '1', vatStatus: 'exento', phone: '11 5550-2000' };
    const unit = makeUnit(1, {
      buyer: { kind: 'existing', id: '001A', name: 'El Sol', taxId: '1', update: { known, wanted } },
      activateAs: 'Activated',
    });
    const active = { ...facts, activeStatuses: new Map([['Activated', 'Activated']]) };
    const records = describeOutgoing(unit, recordsOf(unit, active), profile);
    expect(records.map(({ object, action }) => `${action} ${object}`)).toEqual([
      'use Account',
      'update Account',
      'create Order',
      'create OrderItem',
      'update Order',
    ]);
    expect(records[1]?.fields).toContainEqual({ name: 'Phone', value: '11 5550-2000' });
  });
});
