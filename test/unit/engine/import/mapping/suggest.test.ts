import { describe, expect, it } from 'vitest';
import { headerKey } from '../../../../../main/engine/import/mapping/columns';
import {
  adoptMapping,
  argentineDefaults,
  type SuggestInput,
  suggestMapping,
} from '../../../../../main/engine/import/mapping/suggest';
import type { Cell } from '../../../../../main/engine/import/table';
import { mappingOf, noPause, tableOf } from '../../../../support/importTable';

const input = (
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  written: Partial<Pick<SuggestInput, 'format' | 'delimiter'>> = {},
): SuggestInput => ({ ...tableOf(columns, rows), format: 'csv', delimiter: ',', ...written });

const suggest = (...args: Parameters<typeof input>) => suggestMapping(input(...args), noPause);

describe('headerKey', () => {
  it.each([
    ['Nº de Pedido', 'pedido'],
    ['N° Pedido', 'pedido'],
    ['nro_pedido', 'pedido'],
    ['PEDIDO', 'pedido'],
    ['InvoiceNo', 'invoice'],
    ['Invoice Number', 'invoice'],
    ['Razón Social', 'razon social'],
    ['Cód. Artículo', 'cod articulo'],
    ['% Desc.', '% desc'],
    ['N°', 'n°'],
    ['#', '#'],
  ])('%s is %s', (header, key) => expect(headerKey(header)).toBe(key));
});

describe('suggestMapping', () => {
  it('finds the columns of the Online Retail files, old and new', async () => {
    const row = ['536365', '85123A', 'HOLDER', '6', '1/12/2010 08:26', '2.55', '17850', 'United Kingdom'];
    const older = 'InvoiceNo StockCode Description Quantity InvoiceDate UnitPrice CustomerID Country'.split(
      ' ',
    );
    const expected = (columns: string[]) => ({
      orderNumber: columns[0],
      sku: columns[1],
      productName: columns[2],
      quantity: columns[3],
      date: columns[4],
      unitPrice: columns[5],
      buyerTaxId: columns[6],
      country: columns[7],
    });
    expect((await suggest(older, [row])).columns).toEqual(expected(older));
    const newer = [
      'Invoice',
      'StockCode',
      'Description',
      'Quantity',
      'InvoiceDate',
      'Price',
      'Customer ID',
      'Country',
    ];
    expect((await suggest(newer, [row])).columns).toEqual(expected(newer));
  });

  it('finds the columns of an Argentine office, and that its buyers have CUITs', async () => {
    const mapping = await suggest(
      [
        'Fecha',
        'Nº de pedido',
        'Cliente',
        'CUIT',
        'Código',
        'Artículo',
        'Cantidad',
        'Precio unitario',
        '% Desc.',
        'Localidad',
        'Provincia',
        'Condición de pago',
        'Observaciones',
        'Total',
      ],
      [
        [
          '25/03/2024',
          '0001-00000012',
          'Almacén Don José',
          '33-69345023-9',
          '00123',
          'Yerba',
          '10',
          '1.234,56',
          '5',
          'Rosario',
          'Santa Fe',
          '30 días',
          '',
          '11.728,32',
        ],
      ],
      { delimiter: ';' },
    );
    expect(mapping).toEqual({
      columns: {
        date: 'Fecha',
        orderNumber: 'Nº de pedido',
        buyerName: 'Cliente',
        buyerTaxId: 'CUIT',
        sku: 'Código',
        productName: 'Artículo',
        quantity: 'Cantidad',
        unitPrice: 'Precio unitario',
        discountPercent: '% Desc.',
        city: 'Localidad',
        province: 'Provincia',
        paymentTerms: 'Condición de pago',
        notes: 'Observaciones',
      },
      dateOrder: 'dmy',
      decimalMark: ',',
      ...argentineDefaults,
      taxIdKind: 'argentina',
      cancellationPrefix: '',
      serviceCodes: [],
      serviceLines: 'asLines',
    });
  });

  it.each([
    [
      ['Comprobante', 'Razón social', 'CUIT/DNI', 'SKU', 'Cant.', 'P. Unit.'],
      ['orderNumber', 'buyerName', 'buyerTaxId', 'sku', 'quantity', 'unitPrice'],
    ],
    [
      ['Factura', 'Cód. cliente', 'Cód. artículo', 'Descripción', 'Unidades', 'Precio'],
      ['orderNumber', 'buyerTaxId', 'sku', 'productName', 'quantity', 'unitPrice'],
    ],
    [
      ['Order ID', 'Order date', 'Customer code', 'Item', 'Qty', 'Unit price'],
      ['orderNumber', 'date', 'buyerTaxId', 'sku', 'quantity', 'unitPrice'],
    ],
  ])('finds %j', async (columns, fields) => {
    const expected = Object.fromEntries(fields.map((field, index) => [field, columns[index]]));
    expect((await suggest(columns, [])).columns).toEqual(expected);
  });

  it('does not take a column whose values speak against the field', async () => {
    const { columns } = await suggest(
      ['Pedido', 'Cliente', 'Precio', 'Fecha'],
      [['1', 'Don José', 'a convenir', 'mañana']],
    );
    expect(columns).toEqual({ orderNumber: 'Pedido', buyerName: 'Cliente' });
    expect((await suggest(['Cliente'], [['17850']])).columns).toEqual({ buyerTaxId: 'Cliente' });
  });

  describe('the decimal mark', () => {
    const markOf = async (prices: Cell[], written: Parameters<typeof input>[2]) =>
      (
        await suggest(
          ['price'],
          prices.map((price) => [price]),
          written,
        )
      ).decimalMark;

    it('is what the amounts prove, wherever in the file', async () => {
      expect(await markOf(['1', '12', '2,5'], { delimiter: ',' })).toBe(',');
      expect(await markOf(['1', '1.234', '2.55'], { delimiter: ';' })).toBe('.');
    });

    it('else what goes with the delimiter', async () => {
      expect(await markOf(['1.500'], { delimiter: ';' })).toBe(',');
      expect(await markOf(['1.500'], { delimiter: '\t' })).toBe('.');
      expect(await markOf([1.5], { format: 'xlsx', delimiter: '' })).toBe('.');
    });
  });

  describe('the order of dates', () => {
    const orderOf = async (...dates: string[]) =>
      (
        await suggest(
          ['date'],
          dates.map((date) => [date]),
        )
      ).dateOrder;

    it('is told by a number over 12', async () => {
      expect(await orderOf('1/12/2010', '13/12/2010')).toBe('dmy');
      expect(await orderOf('12/1/2010', '12/13/2010')).toBe('mdy');
      expect(await orderOf('2010-12-01')).toBe('ymd');
    });

    it('and day before month where nothing tells, or the dates disagree', async () => {
      expect(await orderOf('1/12/2010')).toBe('dmy');
      expect(await orderOf('13/12/2010', '12/13/2010')).toBe('dmy');
    });
  });

  describe('the mark of cancellations', () => {
    const prefixOf = async (...rows: [string, string][]) =>
      (await suggest(['invoice', 'quantity'], rows)).cancellationPrefix;

    it('is the letter before numbers whose quantities are negative', async () => {
      expect(await prefixOf(['1', '5'], ['C2', '-5'], ['A3', '1'])).toBe('C');
    });

    it('is no letter that all orders carry, nor one of orders like others', async () => {
      expect(await prefixOf(['C1', '5'], ['C2', '-5'])).toBe('');
      expect(await prefixOf(['1', '5'], ['C2', '5'])).toBe('');
      expect(await prefixOf(['1', '5'], ['CBA-2', '-5'])).toBe('');
    });
  });

  describe('service codes', () => {
    const codesOf = async (...skus: string[]) =>
      (
        await suggest(
          ['sku'],
          skus.map((sku) => [sku]),
        )
      ).serviceCodes;
    const goods = Array.from({ length: 40 }, (_, index) => String(22_000 + index));

    it('are the known ones, in the spelling and by the use of the file', async () => {
      expect(
        await codesOf(...goods, 'post', 'POST', 'post', 'M', 'gift_0001_20', 'TEST001', 'AMAZONFEE'),
      ).toEqual(['post', 'M', 'gift_0001_20', 'TEST001', 'AMAZONFEE']);
    });

    it('are words where goods have numbers, not where goods are words', async () => {
      expect(await codesOf(...goods, 'HANDLING')).toEqual(['HANDLING']);
      expect(await codesOf('MATE', 'YERBA', 'BOMBILLA', 'ENVIO')).toEqual(['ENVIO']);
    });
  });
});

describe('adoptMapping', () => {
  it('finds moved and respelled columns, and drops those that are gone', async () => {
    const adopted = await adoptMapping(
      mappingOf({ columns: { orderNumber: 'Nº Pedido', sku: 'SKU', city: 'Ciudad' } }),
      tableOf(['sku', 'nro pedido'], [['A', '1']]),
      noPause,
    );
    expect(adopted.columns).toEqual({ orderNumber: 'nro pedido', sku: 'sku' });
  });

  it('yields to what this file proves, and to nothing less', async () => {
    const remembered = mappingOf({ decimalMark: '.', dateOrder: 'mdy', currency: 'GBP' });
    const columns = ['price', 'date'];
    const proving = await adoptMapping(remembered, tableOf(columns, [['2,55', '25/12/2010']]), noPause);
    expect(proving).toMatchObject({ decimalMark: ',', dateOrder: 'dmy', currency: 'GBP' });
    const silent = await adoptMapping(remembered, tableOf(columns, [['255', '5/12/2010']]), noPause);
    expect(silent).toMatchObject({ decimalMark: '.', dateOrder: 'mdy' });
  });
});
