import { describe, expect, it } from 'vitest';
import type { ImportMappingDraft } from '../../../../../contract/import';
import { validateMapping } from '../../../../../main/engine/import/mapping/validate';
import { mappedColumns, mappingOf } from '../../../../support/importTable';

const columns = [...mappedColumns, 'extra'];
const check = (over: Partial<ImportMappingDraft> = {}) => {
  const result = validateMapping({ ...mappingOf(), ...over }, columns);
  return result.ok ? result.mapping : result.fields;
};
const withColumns = (over: ImportMappingDraft['columns']) =>
  check({ columns: { ...mappingOf().columns, ...over } });

describe('validateMapping', () => {
  it('accepts a whole mapping and tidies it', () => {
    expect(
      check({
        currency: ' gbp ',
        timeZone: ' Europe/London ',
        cancellationPrefix: ' C ',
        serviceCodes: [' POST', '', 'POST', 'M'],
        columns: { ...mappingOf().columns, city: '' },
      }),
    ).toEqual(
      mappingOf({
        currency: 'GBP',
        timeZone: 'Europe/London',
        cancellationPrefix: 'C',
        serviceCodes: ['POST', 'M'],
      }),
    );
  });

  it('tells every field that is wrong, at once', () => {
    expect(
      check({ columns: { sku: 'gone' }, currency: 'pesos', timeZone: 'Argentina', buyerNamePattern: '' }),
    ).toEqual({
      'columns.orderNumber': 'required',
      'columns.date': 'required',
      'columns.sku': 'columnMissing',
      'columns.quantity': 'required',
      'columns.unitPrice': 'required',
      'columns.buyerTaxId': 'required',
      currency: 'currency',
      timeZone: 'timeZone',
      buyerNamePattern: 'required',
    });
  });

  it('needs currency and time zone', () => {
    expect(check({ currency: ' ', timeZone: '' })).toEqual({ currency: 'required', timeZone: 'required' });
  });

  it('lets one column stand for two fields only where that can be meant', () => {
    expect(withColumns({ unitPrice: 'quantity' })).toEqual({
      'columns.quantity': 'columnUsedTwice',
      'columns.unitPrice': 'columnUsedTwice',
    });
    expect(withColumns({ productName: 'sku', buyerName: 'taxId' })).toMatchObject({ currency: 'ARS' });
  });

  it('needs no name pattern where a column gives the name, and knows one placeholder', () => {
    const named = { ...mappingOf().columns, buyerName: 'extra' };
    expect(check({ buyerNamePattern: '', columns: named })).toMatchObject({ buyerNamePattern: '' });
    expect(check({ buyerNamePattern: 'Cliente {cuit}' })).toEqual({ buyerNamePattern: 'taxIdPlaceholder' });
  });

  it('keeps texts and lists within their limits', () => {
    expect(
      check({
        buyerNamePattern: 'x'.repeat(121),
        cancellationPrefix: 'x'.repeat(11),
        serviceCodes: ['x'.repeat(61)],
      }),
    ).toEqual({ buyerNamePattern: 'tooLong', cancellationPrefix: 'tooLong', serviceCodes: 'tooLong' });
    expect(check({ serviceCodes: Array.from({ length: 51 }, (_, index) => `S${index}`) })).toEqual({
      serviceCodes: 'tooMany',
    });
  });
});
