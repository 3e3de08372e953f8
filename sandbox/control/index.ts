import { z } from 'zod';
import { faultSchema } from '../http/faults';
import { json, parseJson, type Reply, type Request } from '../http/message';
import { type RunningServer, startServer } from '../http/server';
import { puenteFields } from '../org/schema';
import { orgSwitchesSchema } from '../org/settings';
import type { SandboxParts } from '../sandbox';
import { storeOrderSchema } from '../store/order';

/**
 * The trainer's door: a small JSON API on a port of its own that changes the weather in the sandbox and
 * looks into it. Everything it does is a method of the sandbox object as well.
 */
export function startControl(sandbox: SandboxParts, port: number): Promise<RunningServer> {
  return startServer({
    port,
    handler: (request) => answer(sandbox, request),
    maxBody: 20 * 1024 * 1024,
    tooLarge: problem(413, 'too_large', 'The body is larger than 20 MiB.'),
  });
}

type Route = (sandbox: SandboxParts, body: unknown) => Reply;

const count = z.number().int().min(1).max(10_000);
const decimal = z.string().regex(/^\d+(?:\.\d+)?$/, 'not a decimal number');
const names = z.array(z.string()).default([]);

const downSchema = z.strictObject({ down: z.union([z.boolean(), z.literal('maintenance')]) });
const storeDownSchema = z.strictObject({ down: z.boolean() });
/** `all` stands for an org where the admin has deployed nothing yet. */
const fieldsSchema = z.strictObject({
  missing: z.union([z.literal('all'), names]).default([]),
  notUnique: names,
  hidden: names,
});
const advanceSchema = z.strictObject({ ms: z.number().int().positive() });
const ordersSchema = z.union([
  z.strictObject({ count, unusual: z.boolean().default(false) }),
  z.strictObject({ orders: z.array(storeOrderSchema).min(1).max(10_000) }),
]);
const productsSchema = z.strictObject({
  items: z
    .array(z.strictObject({ sku: z.string().min(1).max(180), name: z.string(), price: decimal }))
    .min(1),
});

const routes: Readonly<Record<string, Route>> = {
  'GET /state': (sandbox) => json(200, state(sandbox)),
  'POST /clock/advance': (sandbox, body) => {
    sandbox.clock.advance(advanceSchema.parse(body).ms);
    return json(200, { now: new Date(sandbox.clock.now()).toISOString() });
  },
  'POST /org/expire-sessions': (sandbox) => json(200, { expired: sandbox.org.expireSessions() }),
  'POST /org/down': (sandbox, body) => {
    const { down } = downSchema.parse(body);
    sandbox.org.setSwitches({ down: down === 'maintenance' ? down : down ? 'connection' : 'no' });
    return done;
  },
  'POST /org/switches': (sandbox, body) => {
    const switches = z.strictObject(orgSwitchesSchema.shape).partial().parse(body);
    const given = Object.entries(switches).filter(([, value]) => value !== undefined);
    sandbox.org.setSwitches(Object.fromEntries(given));
    return done;
  },
  'POST /org/fields': (sandbox, body) => {
    const { missing, ...rest } = fieldsSchema.parse(body);
    const { orderStatuses } = sandbox.org.core.options;
    sandbox.org.setFields({ ...rest, missing: missing === 'all' ? puenteFields(orderStatuses) : missing });
    return done;
  },
  'POST /org/products': (sandbox, body) =>
    json(200, sandbox.org.addProducts(productsSchema.parse(body).items)),
  'GET /org/orders': (sandbox) => json(200, { orders: sandbox.org.orders() }),
  'GET /faults': (sandbox) => json(200, { faults: sandbox.faults.report() }),
  'POST /faults': (sandbox, body) => {
    sandbox.faults.add(faultSchema.parse(body));
    return json(201, { faults: sandbox.faults.report() });
  },
  'DELETE /faults': (sandbox) => {
    sandbox.faults.clear();
    return done;
  },
  'POST /store/orders': (sandbox, body) => {
    const input = ordersSchema.parse(body);
    if ('orders' in input) {
      const taken = input.orders.find((order) => sandbox.store.core.order(order.number) !== null);
      if (taken) return problem(409, 'number_taken', `There is an order ${taken.number} already.`, 'orders');
      sandbox.store.core.confirm(input.orders);
      return json(201, { numbers: input.orders.map((order) => order.number) });
    }
    const orders = sandbox.confirmOrders(input.count, { unusual: input.unusual });
    return json(201, { numbers: orders.map((order) => order.number) });
  },
  'POST /store/down': (sandbox, body) => {
    sandbox.store.setDown(storeDownSchema.parse(body).down);
    return done;
  },
  'GET /store/exports': (sandbox) => json(200, { exports: sandbox.store.core.marks() }),
  'GET /mailbox/messages': (sandbox) => json(200, { messages: sandbox.mailbox.messages() }),
  'DELETE /mailbox/messages': (sandbox) => {
    sandbox.mailbox.clear();
    return done;
  },
};

const done: Reply = { status: 204 };

function answer(sandbox: SandboxParts, request: Request): Reply {
  // A page in a browser has no business here; only a browser sends this header.
  if (request.headers.origin !== undefined) {
    return problem(403, 'no_browsers', 'The control server does not answer pages.');
  }
  const route = routes[`${request.method} ${request.path}`];
  if (!route) return problem(404, 'not_found', `There is no ${request.method} ${request.path}.`);
  const body = request.body.trim() === '' ? {} : parseJson(request.body);
  if (body === undefined) return problem(400, 'invalid_json', 'The body is not JSON.');
  try {
    return route(sandbox, body);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0];
    return problem(
      422,
      'invalid_body',
      issue?.message ?? 'The body is not as expected.',
      issue?.path.join('.'),
    );
  }
}

function state(sandbox: SandboxParts): unknown {
  const { org, store, mailbox } = sandbox;
  const rows = (object: string): number =>
    Number(org.core.db.get(`SELECT count(*) AS rows FROM "${object}" WHERE "IsDeleted" = 0`)?.['rows'] ?? 0);
  return {
    now: new Date(sandbox.clock.now()).toISOString(),
    org: {
      url: org.url,
      switches: org.core.options.switches,
      fields: org.core.options.fields,
      sessions: org.core.sessions.count,
      apiCalls: org.core.apiCalls,
      records: {
        Account: rows('Account'),
        Order: rows('Order'),
        OrderItem: rows('OrderItem'),
        Product2: rows('Product2'),
      },
    },
    store: {
      url: store.url,
      orders: store.core.orderCount(),
      exported: store.core.marks().length,
      products: store.core.productCount(),
    },
    mailbox: { host: mailbox.host, port: mailbox.port, messages: mailbox.messages().length },
    faults: sandbox.faults.report(),
  };
}

function problem(status: number, code: string, message: string, field?: string): Reply {
  return json(status, { error: field === undefined ? { code, message } : { code, message, field } });
}
