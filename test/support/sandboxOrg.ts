import type { OrgSettingsOf } from '../../contract/settings';
import type { OrderUnit, UnitLine } from '../../main/engine/ports';
import { createSalesforceOrg, type SalesforceOptions, type SalesforceOrg } from '../../main/salesforce';
import { systemClock } from '../../main/systemClock';
import { type Sandbox, startSandbox } from '../../sandbox';
import type { SandboxOptions } from '../../sandbox/options';
import { decimal, makeUnit, makeUnitLine } from './units';

export interface OrgAtWork {
  sandbox: Sandbox;
  org: SalesforceOrg;
  /** Settings and secrets in force; a change counts from the next sign-in on. */
  settings: OrgSettingsOf<'password'>;
  secrets: { password: string; clientSecret: string };
  /** The sandbox's own answer to a query, past the adapter. */
  rows(soql: string): Record<string, unknown>[];
  /** Calls the org has counted against its daily limit. */
  calls(): number;
  stop(): Promise<void>;
}

export const noSignal = new AbortController().signal;

/** A sandbox with a small house and the real adapter, signed in with the sandbox's credentials. */
export async function startOrgAtWork(
  options: Partial<SalesforceOptions> = {},
  sandboxOptions: SandboxOptions = {},
): Promise<OrgAtWork> {
  const sandbox = await startSandbox({ content: { products: 40, buyers: 10 }, ...sandboxOptions });
  const { credentials, url } = sandbox.org;
  const settings: OrgSettingsOf<'password'> = {
    signIn: 'password',
    loginUrl: url,
    username: credentials.username,
    clientId: credentials.clientId,
    identifier: 'PAGINAWEB',
    warehouse: '',
    companies: [],
  };
  const secrets = {
    password: credentials.password + credentials.securityToken,
    clientSecret: credentials.clientSecret,
  };
  const org = createSalesforceOrg({
    credentials: async () => ({ ok: true, value: { signIn: 'password', settings, secrets } }),
    clock: { ...systemClock, now: () => sandbox.clock.now() },
    timeouts: { token: 2_000, read: 2_000, write: 5_000 },
    ...options,
  });
  return {
    sandbox,
    org,
    settings,
    secrets,
    rows: (soql) => sandbox.org.query(soql),
    calls: () => sandbox.org.core.apiCalls,
    stop: () => sandbox.stop(),
  };
}

/** A unit that this org takes: lines of its first products, for a buyer it knows. */
export async function unitFor(
  { org, sandbox, rows }: OrgAtWork,
  lineCount: number,
  changes: Partial<OrderUnit> = {},
): Promise<OrderUnit> {
  const products = sandbox.world.products;
  const skus = [...new Set(products.map((product) => product.sku))];
  const prices = await org.lookUpPrices(skus, noSignal);
  if (!prices.ok) throw new Error(prices.problem.code);
  const [buyer] = rows('SELECT Id, Name, Puente_TaxId__c FROM Account WHERE Bloqueado__c = false LIMIT 1');
  const key = changes.exportKey ?? 'PAGINAWEB-1001';
  const lines = Array.from({ length: lineCount }, (_unused, index): UnitLine => {
    const sku = skus[index % skus.length] ?? '';
    const match = prices.value.matches.get(sku);
    if (match?.kind !== 'one') throw new Error(`${sku}: ${match?.kind}`);
    return makeUnitLine(index + 1, key, { sku, entryId: match.entryId, unitPrice: decimal('12.35') });
  });
  return makeUnit(0, {
    priceBookId: prices.value.priceBook.id,
    buyer: {
      kind: 'existing',
      id: String(buyer?.['Id']),
      name: String(buyer?.['Name']),
      taxId: String(buyer?.['Puente_TaxId__c']),
    },
    lines,
    ...changes,
  });
}
