import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { argentineDefaults } from '../../../../main/engine/import/mapping/suggest';
import { createImportSession } from '../../../../main/ventasxmayor/spreadsheet/session';
import { temporaryFiles } from '../../../support/files';
import { makeXlsx, type XlsxCell } from '../../../support/xlsx';

const write = temporaryFiles();
const defaults = () => ({ ...argentineDefaults, currency: 'GBP', timeZone: 'Europe/London' });

/** Opens the file and previews it under the mapping it is given, as a person in a hurry does. */
async function preview(name: string, content: string | Buffer) {
  const session = createImportSession({
    intake: {
      knownNumbers: async () => new Set(),
      importOrders: async (orders) => ({ imported: orders.length, alreadyKnown: 0 }),
    },
    mappings: { get: async () => null, set: async () => {} },
    defaults,
  });
  const opened = await session.open(await write(name, content));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  const { fileId, mapping } = opened.value;
  const previewed = await session.preview(fileId, mapping);
  const page = session.orders(fileId, { verdict: 'all', offset: 0, limit: 100 });
  if (!previewed.ok || !page.ok || previewed.value.kind !== 'ready')
    throw new Error(JSON.stringify(previewed));
  const verdicts = Object.fromEntries(
    page.value.orders.map((order) => [
      order.number,
      order.verdict === 'import'
        ? `${order.lineCount} lines, ${order.total}`
        : [...new Set(order.reasons.map(({ reason }) => reason))].join(),
    ]),
  );
  return { mapping, summary: previewed.value.summary, verdicts };
}

const goods = Array.from({ length: 25 }, (_, index) => `2${String(index).padStart(4, '0')}`);
const header = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
];

describe('a later month of the same wholesaler, with commas and points', () => {
  const day = '10/17/2011 13:31';
  const rows: string[][] = [
    ...goods.map((sku) => ['581000', sku, 'GOODS', '2', day, '1.25', '17850', 'United Kingdom']),
    ...Array.from({ length: 700 }, (_, index) => [
      '581001',
      `3${String(index).padStart(4, '0')}`,
      'MANY',
      '1',
      day,
      '0.83',
      '12346',
      'EIRE',
    ]),
    ['581001', 'S', 'SAMPLES', '1', day, '12.95', '12346', 'EIRE'],
    ['581001', 'PADS', 'PADS TO MATCH ALL CUSHIONS', '1', day, '0.001', '12346', 'EIRE'],
    ['C581002', 'CRUK', 'CRUK Commission', '-1', day, '495.84', '14096', 'United Kingdom'],
    ['C581003', 'AMAZONFEE', 'AMAZON FEE', '-1', day, '11586.5', '', 'United Kingdom'],
    ['A563185', 'B', 'Adjust bad debt', '1', day, '11062.06', '', 'United Kingdom'],
    ['A563186', 'B', 'Adjust bad debt', '1', day, '-11062.06', '', 'United Kingdom'],
    ['581004', 'gift_0001_20', 'Dotcomgiftshop Gift Voucher £20.00', '1', day, '17.02', '', 'United Kingdom'],
    ['581005', 'TEST001', 'This is a "test",\nproduct.', '5', day, '4.5', '12346', 'United Kingdom'],
    ['581006', '20713', 'JUMBO BAG, "OWLS"', '1,000', day, '1,234.56', '12347', 'Iceland'],
  ];

  it('is understood as it comes', async () => {
    const { mapping, summary, verdicts } = await preview(
      '2011-10.csv',
      `${stringify([header, ...rows])}\n\n\n`,
    );
    expect(mapping).toMatchObject({
      decimalMark: '.',
      dateOrder: 'mdy',
      cancellationPrefix: 'C',
      taxIdKind: 'any',
    });
    expect([...mapping.serviceCodes].sort()).toEqual(
      ['AMAZONFEE', 'B', 'CRUK', 'PADS', 'S', 'TEST001', 'gift_0001_20'].sort(),
    );
    expect(verdicts).toEqual({
      '581000': '25 lines, 62.5',
      // 700 times 0.83, 12.95, and a tenth of a cent that rounds to nothing.
      '581001': '702 lines, 593.95',
      C581002: 'cancellation,quantityNotPositive',
      C581003: 'cancellation,buyerMissing,quantityNotPositive',
      A563185: 'buyerMissing',
      A563186: 'buyerMissing,priceNegative',
      '581004': 'buyerMissing',
      '581005': '1 lines, 22.5',
      '581006': '1 lines, 1234560',
    });
    expect(summary.rows).toBe(rows.length);
  });

  it('is the same as a workbook with real numbers and dates', async () => {
    const serial = (Date.UTC(2011, 9, 17, 13, 31) - Date.UTC(1899, 11, 30)) / 86_400_000;
    const cells = rows.map((row): XlsxCell[] => [
      /^\d+$/.test(row[0] ?? '') ? Number(row[0]) : (row[0] ?? ''),
      row[1] ?? '',
      row[2] ?? '',
      Number(row[3]?.replace(',', '')),
      { attributes: 's="1"', inner: `<v>${serial}</v>` },
      // As a spreadsheet stores it: 17 significant digits of the binary fraction.
      Number(Number(row[5]?.replace(',', '')).toPrecision(17)),
      row[6] === '' ? null : Number(row[6]),
      row[7] ?? '',
    ]);
    const workbook = await preview(
      '2011-10.xlsx',
      makeXlsx([header, ...cells], { formats: ['d/m/yyyy h:mm'] }),
    );
    const text = await preview('2011-10-b.csv', stringify([header, ...rows]));
    expect(workbook.verdicts).toEqual(text.verdicts);
    expect(workbook.summary).toEqual({ ...text.summary, fileId: workbook.summary.fileId });
  });
});

describe('the export of an Argentine office, in Windows-1252', () => {
  it('is understood as it comes, and its bad rows are named', async () => {
    const lines = [
      'Listado de pedidos;;;;;;;;',
      '',
      'Nº Pedido;Fecha;Razón Social;CUIT;Código;Descripción;Cantidad;Precio;Interno',
      '0001-0001;25/03/2024 09:30;Almacén Ñandú;33-69345023-9;00123;Yerba 1kg;10;1.234,56;x',
      '0001-0001;25/03/2024 09:30;Almacén Ñandú;33693450239;ENVIO;Envío;1;2.500;x',
      '0001-0002;26/03/2024;Don José;12.345.678;00124;Mate;1;950;x',
      '0001-0003;26/03/2024;Sin clave;30-12345678-0;00124;Mate;1;950;x',
      '0001-0004;31/02/2024;Don José;12.345.678;00124;Mate;1,5;;x',
      ';;;;;;Total;16.745,60;',
      '',
      '',
    ];
    const { mapping, summary, verdicts } = await preview(
      'marzo.csv',
      Buffer.from(lines.join('\r\n'), 'latin1'),
    );
    expect(mapping).toMatchObject({
      decimalMark: ',',
      dateOrder: 'dmy',
      taxIdKind: 'argentina',
      serviceCodes: ['ENVIO'],
    });
    expect(verdicts).toEqual({
      '0001-0001': '2 lines, 14845.6',
      '0001-0002': '1 lines, 950',
      '0001-0003': 'taxIdInvalid',
      '0001-0004': 'dateInvalid,priceMissing',
      '': 'orderNumberMissing',
    });
    expect(summary).toMatchObject({ toImport: 2, leftOut: 3, totalToImport: '15795.6' });
  });
});
