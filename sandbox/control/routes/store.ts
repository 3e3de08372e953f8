import { z } from 'zod';
import { json } from '../../http/message';
import { chargedPrices } from '../../seed/charges';
import { type StoreOrder, storeOrderSchema } from '../../store/order';
import { orderEditSchema } from '../../store/revision';
import { orderFlaws, storeSwitchesSchema } from '../../store/switches';
import { done, problem, type Routes } from '../route';
import { given } from './given';

const count = z.number().int().min(1).max(10_000);
const downSchema = z.strictObject({ down: z.union([z.boolean(), z.literal('maintenance')]) });
const switchesSchema = storeSwitchesSchema.partial();
const ordersSchema = z.union([
  z.strictObject({
    count,
    unusual: z.boolean().default(false),
    charged: z.enum(chargedPrices).nullable().default(null),
    flaw: z.enum(orderFlaws).nullable().default(null),
  }),
  z.strictObject({ orders: z.array(storeOrderSchema).min(1).max(10_000) }),
]);

const numberSchema = z.strictObject({ number: z.string().min(1).max(80) });
const editSchema = orderEditSchema.extend(numberSchema.shape);

const noOrder = (number: string) => problem(404, 'no_order', `There is no order ${number}.`, 'number');

const revised = (order: StoreOrder | null, number: string) =>
  order === null
    ? noOrder(number)
    : json(200, { number, revision: order.revision, status: order.status, total: order.totals.total });

export const storeRoutes: Routes = {
  'POST /store/orders': ({ sandbox, body }) => {
    const input = ordersSchema.parse(body);
    if ('orders' in input) {
      const taken = input.orders.find((order) => sandbox.store.core.order(order.number) !== null);
      if (taken) return problem(409, 'number_taken', `There is an order ${taken.number} already.`, 'orders');
      sandbox.store.core.confirm(input.orders);
      return json(201, { numbers: input.orders.map((order) => order.number) });
    }
    const { count: wanted, ...kind } = input;
    const orders = sandbox.confirmOrders(wanted, kind);
    return json(201, { numbers: orders.map((order) => order.number) });
  },
  'GET /store/orders/:number': ({ sandbox, params: { number = '' } }) => {
    const order = sandbox.store.core.order(number);
    return order === null ? noOrder(number) : json(200, { order });
  },
  'POST /store/orders/edit': ({ sandbox, body }) => {
    const { number, ...edit } = editSchema.parse(body);
    const order = sandbox.store.core.order(number);
    if (order?.lines.every((line) => edit.remove?.includes(line.number)) && !edit.add?.length)
      return problem(400, 'no_lines', 'An order keeps one line at least.', 'remove');
    return revised(sandbox.editOrder(number, edit), number);
  },
  'POST /store/orders/cancel': ({ sandbox, body }) => {
    const { number } = numberSchema.parse(body);
    return revised(sandbox.cancelOrder(number), number);
  },
  'POST /store/down': ({ sandbox, body }) => {
    const { down } = downSchema.parse(body);
    sandbox.store.setSwitches({ down: down === 'maintenance' ? down : down ? 'connection' : 'no' });
    return done;
  },
  'POST /store/switches': ({ sandbox, body }) => {
    sandbox.store.setSwitches(given(switchesSchema.parse(body)));
    return done;
  },
  'POST /store/forget-cursors': ({ sandbox }) => {
    sandbox.store.forgetCursors();
    return done;
  },
  'GET /store/exports': ({ sandbox }) => json(200, { exports: sandbox.store.core.marks() }),
};
