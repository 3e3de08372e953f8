import Big from 'big.js';
import { z } from 'zod';
import { addressSchema, decimalSchema, lineSchema, type StoreLine, type StoreOrder } from './order';

const quantitySchema = decimalSchema.refine((value) => Number(value) > 0, 'not above zero');

/** What a shop can change of an order that has been confirmed; what is left out stays. */
export const orderEditSchema = z.strictObject({
  /** New quantities by line number. */
  quantities: z.record(z.string().regex(/^\d+$/), quantitySchema).optional(),
  /** Line numbers that go; one has to stay. */
  remove: z.array(z.number().int().positive()).optional(),
  /** Lines that come, after the others. */
  add: z
    .array(lineSchema.pick({ sku: true, name: true, unitPrice: true }).extend({ quantity: quantitySchema }))
    .optional(),
  notes: z.string().max(1000).optional(),
  deliverTo: addressSchema.optional(),
  /** How to reach the buyer. */
  contact: z.strictObject({ phone: z.string().max(40), email: z.string().max(254) }).optional(),
});
export type OrderEdit = z.infer<typeof orderEditSchema>;

/** The order after the edit, one revision on, with its totals made anew. Throws when no line would stay. */
export function editOrder(order: StoreOrder, edit: OrderEdit): StoreOrder {
  const gone = new Set(edit.remove);
  const kept = order.lines
    .filter(({ number }) => !gone.has(number))
    .map((line) => withQuantity(line, edit.quantities?.[String(line.number)] ?? line.quantity));
  const last = Math.max(0, ...order.lines.map(({ number }) => number));
  const added = (edit.add ?? []).map((line, index) =>
    withQuantity(
      { ...line, number: last + index + 1, discountPercent: '0', total: '0', note: '' },
      line.quantity,
    ),
  );
  const lines = [...kept, ...added];
  if (lines.length === 0) throw new RangeError('An order keeps one line at least.');
  return {
    ...order,
    revision: order.revision + 1,
    notes: edit.notes ?? order.notes,
    delivery: edit.deliverTo === undefined ? order.delivery : { ...order.delivery, address: edit.deliverTo },
    buyer: { ...order.buyer, ...edit.contact },
    lines,
    totals: totalsOf(order, lines),
  };
}

/** The order as the store gives it once it has been called off. */
export function cancelOrder(order: StoreOrder): StoreOrder {
  return { ...order, revision: order.revision + 1, status: 'cancelled' };
}

function withQuantity(line: StoreLine, quantity: string): StoreLine {
  const total = new Big(line.unitPrice)
    .times(quantity)
    .times(new Big(100).minus(line.discountPercent))
    .div(100)
    .round(2, Big.roundHalfUp);
  return { ...line, quantity, total: total.toFixed(2) };
}

/** What is charged on the order as a whole stays as it was. */
function totalsOf({ totals }: StoreOrder, lines: readonly StoreLine[]): StoreOrder['totals'] {
  const sum = lines.reduce((total, line) => total.plus(line.total), new Big(0));
  const total = sum.minus(totals.discount).plus(totals.shipping).plus(totals.surcharge).plus(totals.tax);
  return { ...totals, lines: sum.toFixed(2), total: total.toFixed(2) };
}
