import Big from 'big.js';
import { afterEach, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../../support/office';

let office: Office;
afterEach(() => office.stop());

describe('orders of a store that has discounts, shipping, surcharges and IVA', () => {
  it.each(['net', 'gross'] as const)(
    'come to the org to the cent, consumers with a DNI too (%s)',
    async (charged) => {
      office = await openOffice();
      office.bridge.start();
      const confirmed = office.sandbox.confirmOrders(40, { charged });
      await office.until(() => office.count('exported') + office.count('failed') === 40);
      expect(office.count('failed')).toBe(0);

      const inOrg = new Map(
        office.sandbox.org
          .query(
            `SELECT TotalAmount, Puente_StoreOrder__c, Puente_Shipping__c, Puente_Surcharge__c, Puente_Tax__c,
           Puente_StoreTotal__c, Account.Puente_TaxId__c FROM Order`,
          )
          .map((record) => [String(record['Puente_StoreOrder__c']), record]),
      );
      for (const { number, totals, buyer } of confirmed) {
        const record = inOrg.get(number);
        const amount = (field: string) => new Big(String(record?.[field] ?? '0'));
        // The discount is in the lines.
        expect(amount('TotalAmount').toFixed(2)).toBe(
          new Big(totals.lines).minus(totals.discount).toFixed(2),
        );
        expect(amount('Puente_Shipping__c').toFixed(2)).toBe(totals.shipping);
        expect(amount('Puente_Surcharge__c').toFixed(2)).toBe(totals.surcharge);
        expect(amount('Puente_Tax__c').toFixed(2)).toBe(totals.tax);
        expect(amount('Puente_StoreTotal__c').toFixed(2)).toBe(totals.total);
        expect(record?.['Account']).toMatchObject({ Puente_TaxId__c: buyer.taxId.replaceAll('-', '') });
      }
      expect(confirmed.some(({ buyer }) => buyer.businessName === null)).toBe(true);
    },
  );
});
