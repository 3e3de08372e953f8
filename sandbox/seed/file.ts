import { readFileSync } from 'node:fs';
import Big from 'big.js';
import { z } from 'zod';
import { makeBuyers } from './buyers';
import type { SeedProduct } from './catalogue';
import type { House } from './house';

const decimal = z.string().regex(/^-?\d{1,15}(?:\.\d{1,6})?$/, 'not a decimal number such as 1234.50');
const price = decimal.regex(/^\d+(?:\.\d{1,2})?$/, 'a price has at most two decimals and is not negative');
const name = z.string().trim().min(1).max(255);

/** A house as a file describes it; all amounts are decimal texts. */
const houseSchema = z.strictObject({
  priceBooks: z.array(name).default([]),
  warehouses: z
    .array(
      z.strictObject({
        code: z.string().trim().min(1).max(255),
        name,
        company: z.string().max(80).nullable().default(null),
        priceBook: z.string().nullable().default(null),
      }),
    )
    .default([]),
  products: z.array(
    z.strictObject({
      sku: z.string().min(1).max(180),
      name,
      company: z.string().max(80).nullable().default(null),
      /** Price of the standard book. */
      price,
      /** Prices of the other books by their names. */
      prices: z.record(z.string(), price).default({}),
      /** Stock by the warehouses' codes. */
      stock: z.record(z.string(), decimal).default({}),
    }),
  ),
  /** The store's catalogue; without it the store knows the org's products, with no stock. */
  store: z
    .array(
      z.strictObject({
        sku: z.string().min(1),
        name,
        price,
        stock: decimal,
        active: z.boolean().default(true),
        /** Prices of the store's lists by their ids. */
        prices: z.record(z.string(), price).default({}),
      }),
    )
    .optional(),
  /** The store's price lists beside the general one. */
  priceLists: z.array(z.strictObject({ id: z.string().trim().min(1).max(80), name })).default([]),
});

/** Why a file is no house, for the person who wrote it. */
export class SeedFileError extends Error {}

const buyerCount = 60;

/**
 * A house from a JSON file. Buyers are the sample ones of the seed, so that orders can be confirmed. Throws
 * SeedFileError when the file cannot be read or does not hang together.
 */
export function houseFromFile(path: string, seed: number): House {
  const file = read(path);
  const { priceBooks, warehouses, products } = file;
  const entries = new Map(products.map((product) => [product.sku, product]));
  const seedProducts = products.map(
    ({ sku, name: title, company, price: amount }): SeedProduct => ({
      sku,
      name: title,
      company: company ?? '',
      priceCents: cents(amount),
    }),
  );
  return {
    world: { seed, products: seedProducts, notInOrg: [], buyers: makeBuyers(seed, buyerCount) },
    priceBooks,
    warehouses,
    prices: ({ sku }) =>
      priceBooks.map((book) => {
        const amount = entries.get(sku)?.prices[book];
        return amount === undefined ? null : cents(amount);
      }),
    stock: ({ sku }) =>
      warehouses.map(({ code }) => {
        const amount = entries.get(sku)?.stock[code];
        return amount === undefined ? null : Number(amount);
      }),
    storeLists: file.priceLists,
    *storeItems() {
      if (file.store) {
        for (const item of file.store) {
          yield {
            ...item,
            priceCents: cents(item.price),
            stock: Number(item.stock),
            prices: Object.fromEntries(
              Object.entries(item.prices).map(([list, amount]) => [list, cents(amount)]),
            ),
          };
        }
        return;
      }
      for (const { sku, name: title, priceCents } of seedProducts) {
        yield { sku, name: title, priceCents, stock: 0, active: true, prices: {} };
      }
    },
  };
}

function read(path: string): z.output<typeof houseSchema> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new SeedFileError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new SeedFileError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = houseSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new SeedFileError(`${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  checkNames(path, parsed.data);
  return parsed.data;
}

/** Names that are used must be there, and SKUs and codes must be there once. */
function checkNames(path: string, house: z.output<typeof houseSchema>): void {
  const books = new Set(house.priceBooks);
  const codes = new Set(house.warehouses.map((warehouse) => warehouse.code));
  const fail = (place: string, what: string): never => {
    throw new SeedFileError(`${path}: ${place}: ${what}`);
  };
  if (codes.size < house.warehouses.length) fail('warehouses', 'a code is there twice');
  for (const { code, priceBook } of house.warehouses) {
    if (priceBook !== null && !books.has(priceBook)) fail(code, `there is no price book "${priceBook}"`);
  }
  const lists = new Set(house.priceLists.map((list) => list.id));
  for (const { sku, prices } of house.store ?? []) {
    for (const list of Object.keys(prices)) {
      if (!lists.has(list)) fail(sku, `there is no price list "${list}"`);
    }
  }
  const skus = new Set<string>();
  for (const { sku, prices, stock } of house.products) {
    if (skus.has(sku)) fail(sku, 'this SKU is there twice');
    skus.add(sku);
    for (const book of Object.keys(prices)) {
      if (!books.has(book)) fail(sku, `there is no price book "${book}"`);
    }
    for (const code of Object.keys(stock)) {
      if (!codes.has(code)) fail(sku, `there is no warehouse "${code}"`);
    }
  }
}

const cents = (amount: string): number => Number(new Big(amount).times(100).toFixed(0));
