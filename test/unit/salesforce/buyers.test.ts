import { describe, expect, it } from 'vitest';
import { findBuyers, spellings } from '../../../main/salesforce/buyers';
import { builtInProfiles } from '../../../main/salesforce/profile';
import { rows, scriptCaller } from '../../support/scriptedCaller';

const profile = builtInProfiles.standard;
const signal = new AbortController().signal;
const account = (id: string, taxId: string) => ({ Id: id, Name: `Buyer ${id}`, Puente_TaxId__c: taxId });

const nothing = {
  vatText: null,
  phone: null,
  email: null,
  address: { street: '', city: '', province: '', postalCode: '', country: '' },
};

describe('findBuyers', () => {
  it('tells none, one and many', async () => {
    const { session } = scriptCaller(() =>
      rows(account('1', '30712345671'), account('2', '20-12345678-6'), account('3', '20123456786')),
    );
    const found = await findBuyers(session, profile, ['30712345671', '20123456786', '27999'], signal);
    expect(found.ok && Object.fromEntries(found.value)).toEqual({
      '30712345671': { kind: 'one', id: '1', name: 'Buyer 1', known: nothing },
      '20123456786': { kind: 'many', count: 2 },
      '27999': { kind: 'none' },
    });
  });

  it('finds a buyer whose CUIT was typed with dashes', async () => {
    const { session, asked } = scriptCaller(() => rows(account('1', '30-71234567-1')));
    const found = await findBuyers(session, profile, ['30712345671'], signal);
    expect(found.ok && found.value.get('30712345671')).toMatchObject({ kind: 'one' });
    expect(asked[0]?.soql).toContain("IN ('30712345671','30-71234567-1')");
  });

  it('tells what the org has of him, as far as the profile names the fields', async () => {
    const facts = { Phone: '11 5550-1000', Puente_VatStatus__c: 'RI', BillingCity: 'Lanús' };
    const { session, asked } = scriptCaller(() => rows({ ...account('1', '30712345671'), ...facts }));
    const found = await findBuyers(session, profile, ['30712345671'], signal);
    expect(found.ok && found.value.get('30712345671')).toMatchObject({
      known: { vatText: 'RI', phone: '11 5550-1000', email: null, address: { city: 'Lanús', street: '' } },
    });
    const blind = { ...profile, buyer: { ...profile.buyer, phone: null, vatStatus: null, address: null } };
    await findBuyers(session, blind, ['30712345671'], signal);
    expect(asked[0]?.soql).toContain('BillingCity');
    expect(asked[1]?.soql).not.toMatch(/Billing|Phone|VatStatus/);
  });

  it('asks nothing for nobody', async () => {
    const { session, asked } = scriptCaller(() => rows());
    expect(await findBuyers(session, profile, [], signal)).toEqual({ ok: true, value: new Map() });
    expect(asked).toHaveLength(0);
  });

  it('cannot be talked into another query by a tax ID', async () => {
    const { session, asked } = scriptCaller(() => rows());
    await findBuyers(session, profile, ["x') OR (Name LIKE '%"], signal);
    expect(asked[0]?.soql).toContain("IN ('x\\') OR (Name LIKE \\'%')");
  });
});

describe('spellings', () => {
  it.each([
    ['30712345671', ['30712345671', '30-71234567-1']],
    ['20123456', ['20123456', '20.123.456']],
    ['7123456', ['7123456', '7.123.456']],
    ['GB-99', ['GB-99']],
  ])('%s', (taxId, all) => {
    expect(spellings(taxId)).toEqual(all);
  });
});
