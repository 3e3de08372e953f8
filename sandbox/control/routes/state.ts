import { z } from 'zod';
import { json } from '../../http/message';
import type { SandboxParts } from '../../sandbox';
import { done, type Routes } from '../route';

const advanceSchema = z.strictObject({ ms: z.number().int().positive() });

export const stateRoutes: Routes = {
  'GET /state': ({ sandbox }) => json(200, state(sandbox)),
  'POST /reset': async ({ sandbox }) => {
    await sandbox.reset();
    return done;
  },
  'POST /clock/advance': ({ sandbox, body }) => {
    sandbox.clock.advance(advanceSchema.parse(body).ms);
    return json(200, { now: new Date(sandbox.clock.now()).toISOString() });
  },
};

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
      switches: store.core.switches,
      orders: store.core.orderCount(),
      exported: store.core.exportedCount(),
      products: store.core.catalogue.count(),
    },
    mailbox: {
      host: mailbox.host,
      port: mailbox.port,
      securePort: mailbox.securePort,
      switches: mailbox.switches(),
      messages: mailbox.messages().length,
      lastId: mailbox.messages().at(-1)?.id ?? null,
    },
    faults: sandbox.faults.report(),
  };
}
