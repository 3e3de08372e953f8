import Big from 'big.js';
import { z } from 'zod';
import type { SandboxProcess } from '../support/sandboxProcess';
import { signIn, write } from './plain';
import { warehouse } from './protocol';

const pageSchema = z.object({
  products: z.array(z.looseObject({ sku: z.string(), stock: z.string(), price: z.string() })),
  cursor: z.string(),
  more: z.boolean(),
});

/** A product's values as one side tells them. */
export interface Values {
  stock: string;
  price: string;
}

/** The store's catalogue as its own API tells it. */
export async function readStore({ store, token }: SandboxProcess): Promise<Map<string, Values>> {
  const all = new Map<string, Values>();
  for (let after = ''; ; ) {
    const answer = await fetch(`${store}/v1/products?limit=500${after}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const page = pageSchema.parse(await answer.json());
    for (const { sku, stock, price } of page.products) all.set(sku, { stock, price });
    if (!page.more) return all;
    after = `&after=${encodeURIComponent(page.cursor)}`;
  }
}

/** Puts the store's values back to what they were. */
export async function restoreStore(
  sandbox: SandboxProcess,
  values: ReadonlyMap<string, Values>,
  now: ReadonlyMap<string, Values>,
): Promise<void> {
  const batch: object[] = [];
  for (const [sku, value] of values) {
    if (same(now.get(sku), value)) continue;
    batch.push({ sku, ...value });
    if (batch.length === 200) await write(sandbox, batch.splice(0));
  }
  if (batch.length > 0) await write(sandbox, batch);
}

/** What the org says the store should have, put together by this bench's own means. */
export async function readOrg(sandbox: SandboxProcess): Promise<Map<string, Values>> {
  const connection = await signIn(sandbox);
  const [place] = (
    await connection.query(`SELECT Id, Puente_Pricebook__c FROM Location WHERE Name = '${warehouse}'`)
  ).records;
  const all = { autoFetch: true, maxFetch: 10_000_000 };
  const prices = await connection.query(
    `SELECT Product2.StockKeepingUnit, UnitPrice FROM PricebookEntry
     WHERE Pricebook2Id = '${String(place?.['Puente_Pricebook__c'])}'`,
    all,
  );
  const stock = await connection.query(
    `SELECT Product2.StockKeepingUnit, QuantityOnHand FROM ProductItem WHERE LocationId = '${String(place?.Id)}'`,
    all,
  );
  const values = new Map<string, Values>();
  for (const record of prices.records)
    values.set(skuOf(record), { stock: '', price: new Big(Number(record['UnitPrice'])).toFixed(2) });
  for (const record of stock.records) {
    const price = values.get(skuOf(record))?.price ?? '';
    values.set(skuOf(record), { stock: new Big(Number(record['QuantityOnHand'])).toFixed(), price });
  }
  return values;
}

/** Products whose store values differ from the org's; those that the org does not know are none of it. */
export function countWrong(store: ReadonlyMap<string, Values>, org: ReadonlyMap<string, Values>): number {
  let wrong = 0;
  for (const [sku, value] of org) if (store.has(sku) && !same(store.get(sku), value)) wrong += 1;
  return wrong;
}

/** Changes the price or the stock of so many products in the org, spread over the catalogue. */
export async function changeOrg(sandbox: SandboxProcess, share: number): Promise<number> {
  const connection = await signIn(sandbox);
  const [place] = (
    await connection.query(`SELECT Id, Puente_Pricebook__c FROM Location WHERE Name = '${warehouse}'`)
  ).records;
  const all = { autoFetch: true, maxFetch: 10_000_000 };
  const every = Math.round(2 / share);
  const prices = await connection.query(
    `SELECT Id, UnitPrice FROM PricebookEntry WHERE Pricebook2Id = '${String(place?.['Puente_Pricebook__c'])}'`,
    all,
  );
  const stock = await connection.query(
    `SELECT Id, QuantityOnHand FROM ProductItem WHERE LocationId = '${String(place?.Id)}'`,
    all,
  );
  const priceChanges = prices.records.flatMap((record, index) =>
    index % every === 0 ? [{ Id: String(record.Id), UnitPrice: Number(record['UnitPrice']) + 10 }] : [],
  );
  const stockChanges = stock.records.flatMap((record, index) =>
    index % every === Math.floor(every / 2)
      ? [{ Id: String(record.Id), QuantityOnHand: Number(record['QuantityOnHand']) + 3 }]
      : [],
  );
  await save(connection, 'PricebookEntry', priceChanges);
  await save(connection, 'ProductItem', stockChanges);
  return priceChanges.length + stockChanges.length;
}

async function save(
  connection: Awaited<ReturnType<typeof signIn>>,
  object: string,
  changes: readonly { Id: string }[],
): Promise<void> {
  for (let from = 0; from < changes.length; from += 200) {
    const results = await connection.sobject(object).update(changes.slice(from, from + 200));
    const refused = [results].flat().find((result) => !result.success);
    if (refused !== undefined) throw new Error(`${object}: ${JSON.stringify(refused)}`);
  }
}

const skuOf = (record: Record<string, unknown>): string =>
  String(Object(record['Product2'])['StockKeepingUnit']);

/** Texts may be written differently and mean the same number. */
function same(one: Values | undefined, other: Values | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const equal = (a: string, b: string) => a === b || (a !== '' && b !== '' && new Big(a).eq(b));
  return equal(one.stock, other.stock) && equal(one.price, other.price);
}
