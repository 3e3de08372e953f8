import { Connection, OAuth2 } from '@jsforce/jsforce-node';
import { defaultOrgOptions } from '../../../sandbox/org/settings';
import type { SandboxProcess } from '../support/sandboxProcess';
import { warehouse } from './protocol';

/**
 * The plain way, as a consultant's first script has it: ask jsforce for all prices and all stock, put them together by
 * SKU, and write everything into the store, one batch after the other. Answers its seconds.
 */
export async function updatePlainly(sandbox: SandboxProcess): Promise<number> {
  const started = performance.now();
  const connection = await signIn(sandbox);
  const [place] = (
    await connection.query(`SELECT Id, Puente_Pricebook__c FROM Location WHERE Name = '${warehouse}'`)
  ).records;
  const all = { autoFetch: true, maxFetch: 10_000_000 };
  const prices = await connection.query(
    `SELECT Product2.StockKeepingUnit, UnitPrice FROM PricebookEntry
     WHERE Pricebook2Id = '${String(place?.['Puente_Pricebook__c'])}' AND IsActive = true`,
    all,
  );
  const stock = await connection.query(
    `SELECT Product2.StockKeepingUnit, QuantityOnHand FROM ProductItem WHERE LocationId = '${String(place?.Id)}'`,
    all,
  );
  const items = new Map<string, { sku: string; price?: string; stock?: string }>();
  for (const record of prices.records) {
    const sku = String(Object(record['Product2'])['StockKeepingUnit']);
    items.set(sku, { sku, price: Number(record['UnitPrice']).toFixed(2) });
  }
  for (const record of stock.records) {
    const sku = String(Object(record['Product2'])['StockKeepingUnit']);
    items.set(sku, { ...items.get(sku), sku, stock: String(record['QuantityOnHand']) });
  }
  const batch: object[] = [];
  for (const item of items.values()) {
    batch.push(item);
    if (batch.length === 200) await write(sandbox, batch.splice(0));
  }
  if (batch.length > 0) await write(sandbox, batch);
  return (performance.now() - started) / 1000;
}

export async function write({ store, token }: SandboxProcess, items: readonly object[]): Promise<void> {
  const answer = await fetch(`${store}/v1/products/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ items }),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  await answer.json();
}

export async function signIn(sandbox: SandboxProcess): Promise<Connection> {
  const { username, password, securityToken, clientId, clientSecret } = defaultOrgOptions.credentials;
  const oauth2 = new OAuth2({ loginUrl: sandbox.org, clientId, clientSecret });
  const grant = await oauth2.authenticate(username, password + securityToken);
  return new Connection({
    instanceUrl: grant.instance_url,
    accessToken: grant.access_token,
    version: '62.0',
  });
}
