import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportPreview } from '../../../../contract/import';
import type { Order } from '../../../../contract/order';
import { argentineDefaults } from '../../../../main/engine/import/mapping/suggest';
import { createImportSession } from '../../../../main/ventasxmayor/spreadsheet/session';
import { type ExpectedInvoice, recompute, scaled } from '../../../support/onlineRetail';
import { realData } from '../../../support/realData';

// Real invoices of a wholesaler: Online Retail, Daqing Chen, UCI Machine Learning Repository, CC BY 4.0.
const file = realData('online-retail-2010-12.csv');

function asExpected(order: Order): ExpectedInvoice {
  return {
    lines: order.lines.map(({ sku, quantity, unitPrice, total }) => {
      const [units = '', decimals = ''] = unitPrice.split('.');
      return [sku, quantity, units + decimals.padEnd(4, '0'), scaled(total, 2)].join(' ');
    }),
    cents: scaled(order.totals.total, 2),
    buyer: order.buyer.taxId,
  };
}

describe.skipIf(file === null)('the real orders file', () => {
  const orders: Order[] = [];
  let preview: ImportPreview | undefined;

  beforeAll(async () => {
    const session = createImportSession({
      intake: {
        knownNumbers: async () => new Set(),
        importOrders: async (all) => {
          orders.push(...all);
          return { imported: all.length, alreadyKnown: 0 };
        },
      },
      mappings: { get: async () => null, set: async () => {} },
      defaults: () => ({ ...argentineDefaults, currency: 'GBP', timeZone: 'Europe/London' }),
    });
    const opened = await session.open(file ?? '');
    if (!opened.ok) throw new Error(opened.problem.code);
    expect(opened.value).toMatchObject({ encoding: 'UTF-8', delimiter: ';', rowCount: 10_000 });
    const previewed = await session.preview(opened.value.fileId, opened.value.mapping);
    if (!previewed.ok) throw new Error(previewed.problem.code);
    preview = previewed.value;
    await session.run(opened.value.fileId);
  });

  it('gives the orders, lines and totals that another reading of it gives', () => {
    const expected = recompute(readFileSync(file ?? '', 'utf8'));
    expect(new Map(orders.map((order) => [order.number, asExpected(order)]))).toEqual(expected);
  });

  it('is told as it is', () => {
    expect(preview).toMatchObject({
      kind: 'ready',
      summary: {
        rows: 10_000,
        orders: 512,
        toImport: 401,
        linesToImport: 7_609,
        totalToImport: '148206.83',
        currency: 'GBP',
        leftOut: 111,
        alreadyKnown: 0,
        reasons: [
          { reason: 'cancellation', orders: 43, rows: 100 },
          { reason: 'buyerMissing', orders: 68, rows: 2_291 },
          { reason: 'quantityNotPositive', orders: 73, rows: 130 },
        ],
        remarks: [
          { remark: 'chargeAsLine', orders: 27 },
          { remark: 'priceZero', orders: 1 },
          { remark: 'datesDiffer', orders: 1 },
        ],
      },
    });
  });

  it("keeps each order's day in the store's time zone", () => {
    expect(orders.find((order) => order.number === '536591')?.confirmedAt).toBe('2010-12-01T16:57:00+00:00');
  });
});
