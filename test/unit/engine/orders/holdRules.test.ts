import { describe, expect, it } from 'vitest';
import { holdReason } from '../../../../main/engine/orders/holdRules';
import { makeLine, makeOrder } from '../../../support/orders';
import { makeRules } from '../../../support/rules';

const known = { kind: 'one', id: '001', name: 'El Sol' } as const;

const held = (
  hold: Record<string, unknown>,
  order: Record<string, unknown> = {},
  context: Parameters<typeof holdReason>[2] = { companies: [], buyer: known },
) => holdReason(makeOrder('1', order), makeRules({ hold }).hold, context);

describe('rules that make an order wait', () => {
  it('hold nothing unless a person sets one', () => {
    const order = { channel: 'sales-rep', notes: 'Llamar antes', company: 'Norte' };
    expect(held({}, order, { companies: [], buyer: { kind: 'none' } })).toBeNull();
  });

  it('judge the day of confirmation in the store’s own time, both ends included', () => {
    // 22:30 in Buenos Aires is the next day already in UTC.
    const order = { confirmedAt: '2026-11-20T22:30:00-03:00' };
    expect(held({ confirmedFrom: '2026-11-20', confirmedTo: '2026-11-20' }, order)).toBeNull();
    expect(held({ confirmedFrom: '2026-11-21' }, order)).toEqual({
      code: 'confirmedBefore',
      params: { date: '2026-11-21' },
    });
    expect(held({ confirmedTo: '2026-11-19' }, order)?.code).toBe('confirmedAfter');
  });

  it('let only the companies of the settings go, whatever their case', () => {
    const context = { companies: ['San Telmo Bazar'], buyer: known };
    expect(held({}, { company: 'SAN TELMO  bazar' }, context)).toBeNull();
    expect(held({}, { company: 'Norte' }, context)).toEqual({
      code: 'company',
      params: { company: 'Norte' },
    });
    expect(held({}, { company: null }, context)?.code).toBe('companyMissing');
    expect(held({ otherCompanies: false }, { company: 'Norte' }, context)).toBeNull();
  });

  it('hold a total over the limit, not one that equals it', () => {
    expect(held({ totalOver: '20.00' })).toBeNull();
    expect(held({ totalOver: '19,99' })).toEqual({
      code: 'totalOver',
      params: { total: '20.00', limit: '19.99', currency: 'ARS' },
    });
  });

  it('hold payment terms of the list', () => {
    expect(held({ paymentTerms: ['30 DÍAS'] })?.code).toBe('paymentTerms');
    expect(held({ paymentTerms: ['60 días'] })).toBeNull();
  });

  it('hold orders of sales reps, with notes, and of new buyers', () => {
    const rep = { channel: 'sales-rep', salesRep: 'Paula Díaz' };
    expect(held({ salesRepOrders: true }, rep)).toEqual({ code: 'salesRep', params: { name: 'Paula Díaz' } });
    expect(held({ salesRepOrders: true })).toBeNull();
    expect(held({ withNotes: true }, { notes: 'Llamar antes' })?.code).toBe('notes');
    expect(held({ withNotes: true }, { notes: '  ' })).toBeNull();
    const noted = { lines: [{ ...makeLine(1, 'A', '2', '10.00'), note: 'rojo' }] };
    expect(held({ withNotes: true }, noted)?.code).toBe('notes');
    const unseen = { companies: [], buyer: { kind: 'none' } } as const;
    expect(held({ newBuyers: true }, {}, unseen)?.code).toBe('newBuyer');
    expect(held({ newBuyers: true })).toBeNull();
    expect(held({ newBuyers: true }, {}, { companies: [], buyer: null })).toBeNull();
  });
});
