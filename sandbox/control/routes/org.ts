import { z } from 'zod';
import { json } from '../../http/message';
import { puenteFields } from '../../org/schema';
import { orgSwitchesSchema } from '../../org/settings';
import { done, type Routes } from '../route';
import { given } from './given';

const decimal = z.string().regex(/^\d+(?:\.\d+)?$/, 'not a decimal number');
const names = z.array(z.string()).default([]);

const downSchema = z.strictObject({ down: z.union([z.boolean(), z.literal('maintenance')]) });
const switchesSchema = z.strictObject(orgSwitchesSchema.shape).partial();
/** `all` stands for an org where the admin has deployed nothing yet. */
const fieldsSchema = z.strictObject({
  missing: z.union([z.literal('all'), names]).default([]),
  notUnique: names,
  hidden: names,
});
const productsSchema = z.strictObject({
  items: z
    .array(z.strictObject({ sku: z.string().min(1).max(180), name: z.string(), price: decimal }))
    .min(1),
});

export const orgRoutes: Routes = {
  'POST /org/expire-sessions': ({ sandbox }) => json(200, { expired: sandbox.org.expireSessions() }),
  'POST /org/down': ({ sandbox, body }) => {
    const { down } = downSchema.parse(body);
    sandbox.org.setSwitches({ down: down === 'maintenance' ? down : down ? 'connection' : 'no' });
    return done;
  },
  'POST /org/switches': ({ sandbox, body }) => {
    sandbox.org.setSwitches(given(switchesSchema.parse(body)));
    return done;
  },
  'POST /org/fields': ({ sandbox, body }) => {
    const { missing, ...rest } = fieldsSchema.parse(body);
    const { orderStatuses } = sandbox.org.core.options;
    sandbox.org.setFields({ ...rest, missing: missing === 'all' ? puenteFields(orderStatuses) : missing });
    return done;
  },
  'POST /org/products': ({ sandbox, body }) =>
    json(200, sandbox.org.addProducts(productsSchema.parse(body).items)),
  'GET /org/orders': ({ sandbox }) => json(200, { orders: sandbox.org.orders() }),
};
