import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../../../main/engine/orders/differences';
import { makeLine, makeOrder } from '../../../support/orders';

const order = makeOrder('1001', {
  lines: [makeLine(1, 'A-1', '2', '10.00'), makeLine(2, 'B-2', '1', '5.00')],
});

describe('differencesOf', () => {
  it('finds none between versions that say the same in other words', () => {
    const lines = order.lines.map((line) => ({ ...line, quantity: `${line.quantity}.00` }));
    expect(differencesOf(order, makeOrder('1001', { revision: 2, lines }))).toEqual([]);
  });

  it('names what changed in the header', () => {
    const after = makeOrder('1001', { lines: order.lines, notes: 'Con remito', paymentTerms: 'Contado' });
    expect(differencesOf(order, after)).toEqual([
      { field: 'paymentTerms', line: null, before: '30 días', after: 'Contado' },
      { field: 'notes', line: null, before: '', after: 'Con remito' },
    ]);
  });

  it('names lines that changed, came and went, and takes another SKU for another line', () => {
    const lines = [
      makeLine(1, 'A-1', '3', '10.00'),
      makeLine(2, 'C-3', '1', '5.00'),
      makeLine(3, 'D-4', '1', '1.00'),
    ];
    expect(differencesOf(order, makeOrder('1001', { lines }))).toEqual([
      { field: 'line.quantity', line: { number: 1, sku: 'A-1' }, before: '2', after: '3' },
      { field: 'line', line: { number: 2, sku: 'B-2' }, before: '1 × 5.00', after: null },
      { field: 'line', line: { number: 2, sku: 'C-3' }, before: null, after: '1 × 5.00' },
      { field: 'line', line: { number: 3, sku: 'D-4' }, before: null, after: '1 × 1.00' },
    ]);
  });
});
