import { z } from 'zod';
import { json } from '../../http/message';
import { orgAppSchema } from '../../org/oauth/apps';
import { puenteFields } from '../../org/schema';
import { orgSwitchesSchema } from '../../org/settings';
import { orgUserSchema } from '../../org/users';
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

const userSchema = z.looseObject({ username: z.string().min(1) });
const appSchema = z.looseObject({ clientId: z.string().min(1) });
const instanceSchema = z.strictObject({ url: z.url().nullable() });
const lockSchema = z.strictObject({
  id: z.string().regex(/^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/, 'not a record id'),
  ms: z.number().int().positive(),
});

export const orgRoutes: Routes = {
  'GET /org/users': ({ sandbox }) => json(200, { users: sandbox.org.users() }),
  'POST /org/users': ({ sandbox, body }) => {
    const { username, ...changes } = userSchema.parse(body);
    const { id: _id, ...before } = sandbox.org.users().find((user) => user.username === username) ?? {};
    const { username: _username, ...user } = orgUserSchema.parse({ ...before, ...changes, username });
    sandbox.org.setUser(username, user);
    return done;
  },
  'GET /org/apps': ({ sandbox }) => json(200, { apps: sandbox.org.core.signIn.apps.list() }),
  'POST /org/apps': ({ sandbox, body }) => {
    const { clientId, ...changes } = appSchema.parse(body);
    const before = sandbox.org.core.signIn.apps.get(clientId);
    const { clientId: _clientId, ...app } = orgAppSchema.parse({ ...before, ...changes, clientId });
    sandbox.org.setApp(clientId, app);
    return done;
  },
  'GET /org/logins': ({ sandbox }) => json(200, { logins: sandbox.org.loginHistory() }),
  'POST /org/instance': ({ sandbox, body }) => {
    sandbox.org.setInstanceUrl(instanceSchema.parse(body).url);
    return done;
  },
  'POST /org/locks': ({ sandbox, body }) => {
    const { id, ms } = lockSchema.parse(body);
    sandbox.org.lock(id, ms);
    return done;
  },
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
