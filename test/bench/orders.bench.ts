import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { defaultOrgOptions } from '../../sandbox/org/settings';
import type { StoreOrder } from '../../sandbox/store/order';
import { exportPlainly } from './orders/plain';
import { exportWithPuente } from './orders/puente';
import { type SandboxProcess, startSandboxProcess } from './support/sandboxProcess';

/**
 * API calls and orders a second of a backlog, beside the plain way with jsforce on an org of its own, in the same
 * run. Every order is then looked for in the org by its store number: none missing, none twice.
 */
interface Figures {
  orders: number;
  callsPer1000: number;
  plainCallsPer1000: number;
  ordersPerSecond: number;
  plainOrdersPerSecond: number;
  lost: number;
  doubled: number;
}

const optionsSchema = z.object({
  orders: z.coerce.number().int().min(1).max(100_000).default(10_000),
  /** Orders that the plain way is measured on: it takes long. */
  plain: z.coerce.number().int().min(1).max(100_000).default(500),
  fresh: z.coerce.number().int().min(1).max(1_000).default(20),
  json: z.string().optional(),
});
const house = ['--products', '5000'];

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      orders: { type: 'string' },
      plain: { type: 'string' },
      fresh: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const options = optionsSchema.parse(values);
  const figures = await measure(options);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
}

async function measure({ orders, plain, fresh }: z.output<typeof optionsSchema>): Promise<Figures> {
  const sandbox = await startSandboxProcess(house);
  const other = await startSandboxProcess(house);
  try {
    await sandbox.confirm(orders);
    const all = await sandbox.orders();
    const ours = await exportWithPuente(sandbox, orders, fresh);
    const theirs = await exportPlainly(other, all.slice(0, Math.min(plain, orders)));
    const verdict = compare(await sandbox.orders(), await storeNumbers(sandbox), ours.failed);
    const figures = {
      orders,
      callsPer1000: round((ours.calls / ours.exported) * 1000),
      plainCallsPer1000: round((theirs.calls / theirs.orders) * 1000),
      ordersPerSecond: round(ours.exported / ours.seconds),
      plainOrdersPerSecond: round(theirs.orders / theirs.seconds),
      ...verdict,
    };
    console.log(
      JSON.stringify(
        { ...figures, plainOrders: theirs.orders, freshCalls: ours.freshCalls, failed: ours.failed },
        null,
        2,
      ),
    );
    return figures;
  } finally {
    await Promise.all([sandbox.stop(), other.stop()]);
  }
}

/** Orders that failed for what they say are waiting in sight of a person: everything else must be in the org. */
function compare(
  orders: readonly StoreOrder[],
  inOrg: readonly string[],
  failed: Record<string, number>,
): { lost: number; doubled: number } {
  const numbers = new Set(inOrg);
  const absent = orders.filter((order) => !numbers.has(order.number)).length;
  const waiting = Object.values(failed).reduce((sum, count) => sum + count, 0);
  return { lost: absent - waiting, doubled: inOrg.length - numbers.size };
}

async function storeNumbers(sandbox: SandboxProcess): Promise<string[]> {
  const { username, password, securityToken, clientId, clientSecret } = defaultOrgOptions.credentials;
  const form = {
    grant_type: 'password',
    username,
    password: password + securityToken,
    client_id: clientId,
    client_secret: clientSecret,
  };
  const signedIn = await fetch(`${sandbox.org}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = z.looseObject({ access_token: z.string() }).parse(await signedIn.json());
  const numbers: string[] = [];
  const soql = 'SELECT Puente_StoreOrder__c FROM Order';
  let path: string | undefined = `/services/data/v62.0/query?q=${encodeURIComponent(soql)}`;
  while (path !== undefined) {
    const answer: Response = await fetch(`${sandbox.org}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const page: z.output<typeof pageSchema> = pageSchema.parse(await answer.json());
    numbers.push(...page.records.flatMap((record) => record.Puente_StoreOrder__c ?? []));
    path = page.nextRecordsUrl;
  }
  return numbers;
}

const pageSchema = z.object({
  records: z.array(z.looseObject({ Puente_StoreOrder__c: z.string().nullable() })),
  nextRecordsUrl: z.string().optional(),
});

const round = (value: number): number => Math.round(value * 10) / 10;

await main();
