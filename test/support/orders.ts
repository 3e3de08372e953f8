import { type Order, orderSchema } from '../../contract/order';

/** A plain order of one line, valid in every respect; `changes` makes it the one a test needs. */
export function makeOrder(number: string, changes: Record<string, unknown> = {}): Order {
  return orderSchema.parse({
    number,
    revision: 1,
    confirmedAt: '2026-11-20T10:15:00-03:00',
    channel: 'web',
    salesRep: null,
    currency: 'ARS',
    company: null,
    buyer: {
      id: 'b1',
      businessName: 'Distribuidora El Sol SRL',
      contactName: 'Ana Pérez',
      taxId: '30-71234567-1',
      taxIdKind: 'argentina',
      vatStatus: 'responsable-inscripto',
      address: null,
      phone: null,
      email: null,
    },
    delivery: null,
    paymentTerms: '30 días',
    notes: '',
    lines: [makeLine(1, 'A-1', '2', '10.00')],
    totals: {
      lines: '20.00',
      discount: '0.00',
      shipping: '0.00',
      surcharge: '0.00',
      tax: '0.00',
      total: '20.00',
    },
    ...changes,
  });
}

/** A line without discount; `total` defaults to quantity times price of whole numbers of cents. */
export function makeLine(number: number, sku: string, quantity: string, unitPrice: string, total?: string) {
  return {
    number,
    sku,
    name: `Product ${sku}`,
    quantity,
    unitPrice,
    discountPercent: '0',
    total: total ?? (Number(quantity) * Number(unitPrice)).toFixed(2),
    note: '',
  };
}
