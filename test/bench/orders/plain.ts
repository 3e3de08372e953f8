import { Connection, OAuth2 } from '@jsforce/jsforce-node';
import { defaultOrgOptions } from '../../../sandbox/org/settings';
import type { StoreOrder } from '../../../sandbox/store/order';
import type { SandboxProcess } from '../support/sandboxProcess';

export interface Plain {
  orders: number;
  calls: number;
  seconds: number;
}

/**
 * The plain way, as a consultant's first script has it: for each order find the account, create the order, create
 * each line, activate. Price entries are read once beforehand and not counted, which favours it.
 */
export async function exportPlainly(sandbox: SandboxProcess, orders: readonly StoreOrder[]): Promise<Plain> {
  const connection = await signIn(sandbox);
  const entries = await priceEntries(connection);
  const book = await connection.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const callsBefore = await sandbox.apiCalls();
  const started = performance.now();
  let exported = 0;
  for (const order of orders)
    if (await exportOne(connection, order, entries, book.records[0]?.Id)) exported += 1;
  const seconds = (performance.now() - started) / 1000;
  return { orders: exported, calls: (await sandbox.apiCalls()) - callsBefore, seconds };
}

async function signIn(sandbox: SandboxProcess): Promise<Connection> {
  const { username, password, securityToken, clientId, clientSecret } = defaultOrgOptions.credentials;
  const oauth2 = new OAuth2({ loginUrl: sandbox.org, clientId, clientSecret });
  const grant = await oauth2.authenticate(username, password + securityToken);
  return new Connection({
    instanceUrl: grant.instance_url,
    accessToken: grant.access_token,
    version: '62.0',
  });
}

async function priceEntries(connection: Connection): Promise<Map<string, string>> {
  const soql =
    'SELECT Id, Product2.StockKeepingUnit FROM PricebookEntry WHERE Pricebook2.IsStandard = true AND IsActive = true';
  const result = await connection.query(soql, { autoFetch: true, maxFetch: 1_000_000 });
  return new Map(
    result.records.map((record) => [
      String(Object(record['Product2'])['StockKeepingUnit']),
      String(record['Id']),
    ]),
  );
}

/** False when a product is missing: a script of this kind stops the order there. */
async function exportOne(
  connection: Connection,
  order: StoreOrder,
  entries: ReadonlyMap<string, string>,
  priceBook: string | undefined,
): Promise<boolean> {
  if (order.lines.some((line) => !entries.has(line.sku))) return false;
  const digits = order.buyer.taxId.replace(/\D/g, '');
  const found = await connection.query(
    `SELECT Id FROM Account WHERE Puente_TaxId__c IN ('${order.buyer.taxId}', '${digits}')`,
  );
  const account =
    found.records[0]?.Id ??
    (
      await connection
        .sobject('Account')
        .create({ Name: order.buyer.businessName ?? order.buyer.contactName, Puente_TaxId__c: digits })
    ).id;
  const created = await connection.sobject('Order').create({
    AccountId: account,
    Pricebook2Id: priceBook,
    EffectiveDate: order.confirmedAt.slice(0, 10),
    Status: 'Draft',
    Puente_StoreOrder__c: order.number,
  });
  for (const line of order.lines)
    await connection.sobject('OrderItem').create({
      OrderId: created.id,
      PricebookEntryId: entries.get(line.sku),
      Quantity: Number(line.quantity),
      UnitPrice: Number(line.total) / Number(line.quantity),
    });
  await connection.sobject('Order').update({ Id: created.id ?? '', Status: 'Activated' });
  return true;
}
