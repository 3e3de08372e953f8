import type { Sandbox } from '../../../sandbox';

/*
 * What the store must hold after an update, worked out from the words of the rules alone (contract/catalogRules.ts and
 * the settings screen). It shares no code with the program: whole numbers of the smallest unit, the tables of the
 * sandbox itself, and loops instead of queries.
 */

/** The rules as plainly as a person would write them down. */
export interface OracleRules {
  stock: {
    percent: string;
    buffer: string;
    cap: string | null;
    minimum: string;
    negative: 'zero' | 'leave';
    fractional: 'down' | 'keep' | 'leave';
    missingRow: 'zero' | 'leave';
    openOrders: boolean;
  };
  prices: {
    orgPrices: 'net' | 'gross';
    storePrices: 'net' | 'gross';
    taxRatePercent: string;
    decimals: 0 | 1 | 2;
    zero: 'leave' | 'take';
    lists: { priceBook: string; list: string }[];
  };
  match: {
    inactive: 'leave' | 'zero';
    missingInOrg: 'leave' | 'zero';
    duplicates: 'leave' | 'combine';
  };
}

export interface OracleItemRule {
  excluded?: boolean;
  percent?: string;
  buffer?: string;
  cap?: string;
  minimum?: string;
}

export interface OracleChoice {
  warehouse: string;
  companies: readonly string[];
  part: 'both' | 'stock' | 'prices';
}

export interface OracleWorld {
  rules: OracleRules;
  choice: OracleChoice;
  items: ReadonlyMap<string, OracleItemRule>;
  open: ReadonlyMap<string, string>;
  /** SKUs that the store gives out twice: which of the two would be written to, nobody knows. */
  repeated: ReadonlySet<string>;
}

/** Values of a product as whole millionths, so that `5`, `5.0` and `5.00` are one. */
export interface Values {
  stock: bigint;
  price: bigint;
  lists: Record<string, bigint>;
}

const scale = 6;

/** Millionths of a decimal text. */
export function millionths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(scale, '0').slice(0, scale));
  return text.startsWith('-') ? -size : size;
}

/** What the store holds now, past the program. */
export function storeValues(sandbox: Sandbox): Map<string, Values> {
  const values = new Map<string, Values>();
  for (const { sku, stock, price, prices } of sandbox.store.core.catalogue.products('', 1_000_000)) {
    const lists = Object.entries(prices).map(([list, amount]) => [list, millionths(amount)]);
    values.set(sku, {
      stock: millionths(stock),
      price: millionths(price),
      lists: Object.fromEntries(lists),
    });
  }
  return values;
}

/** What differs, product by product: nothing where both are the same. */
export function differences(is: ReadonlyMap<string, Values>, wanted: ReadonlyMap<string, Values>): string[] {
  const shown = (values: Values | undefined) =>
    JSON.stringify(values, (_key, value) => (typeof value === 'bigint' ? Number(value) / 1e6 : value));
  const told: string[] = [];
  for (const sku of new Set([...is.keys(), ...wanted.keys()])) {
    const [one, other] = [sorted(is.get(sku)), sorted(wanted.get(sku))].map(shown);
    if (one !== other) told.push(`${sku}: ${one}, not ${other}`);
  }
  return told;
}

function sorted(values: Values | undefined): Values | undefined {
  if (values === undefined) return undefined;
  const lists = Object.fromEntries(
    Object.entries(values.lists).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  return { stock: values.stock, price: values.price, lists };
}

/** What the store must hold after an update of what it holds now. */
export function expectedValues(sandbox: Sandbox, world: OracleWorld): Map<string, Values> {
  const org = orgTables(sandbox);
  const wanted = new Map<string, Wish>();
  const stock = grouped(org.stock, ({ product }) => product);
  const entries = grouped(org.entries, ({ product }) => product);
  for (const [sku, products] of grouped(org.products, (product) => product.sku)) {
    const own = {
      products,
      stock: products.flatMap(({ id }) => stock.get(id) ?? []),
      entries: products.flatMap(({ id }) => entries.get(id) ?? []),
    };
    wanted.set(sku, wishFor(sku, { ...org, ...own }, world));
  }
  const loose = new Set(org.products.map((product) => looseForm(product.sku)));
  const after = storeValues(sandbox);
  for (const [sku, values] of after) {
    if (world.repeated.has(sku)) continue;
    const wish = wanted.get(sku) ?? {
      stock: world.rules.match.missingInOrg === 'zero' && !loose.has(looseForm(sku)) ? 0n : null,
      price: null,
      lists: {},
    };
    const { part } = world.choice;
    if (part !== 'prices') values.stock = wish.stock ?? values.stock;
    if (part === 'stock') continue;
    values.price = wish.price ?? values.price;
    for (const [list, price] of Object.entries(wish.lists)) values.lists[list] = price;
  }
  return after;
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** Null: the store's value stays as it is. */
interface Wish {
  stock: bigint | null;
  price: bigint | null;
  lists: Record<string, bigint>;
}

const leave: Wish = { stock: null, price: null, lists: {} };

function wishFor(sku: string, org: OrgTables, { rules, choice, items, open }: OracleWorld): Wish {
  const item = items.get(sku) ?? {};
  if (item.excluded === true) return leave;
  const ours = org.products.filter(
    (product) =>
      product.sku === sku &&
      (choice.companies.length === 0 ||
        (product.company !== null && choice.companies.includes(product.company))),
  );
  if (ours.length === 0) return leave;
  const active = ours.filter((product) => product.active);
  if (active.length === 0) return { ...leave, stock: rules.match.inactive === 'zero' ? 0n : null };
  if (active.length > 1 && rules.match.duplicates === 'leave') return leave;

  const places = placesThatCount(org, choice);
  const ids = active.map((product) => product.id);
  const rows = org.stock.filter((row) => ids.includes(row.product) && places.has(row.place));
  const bookOfPrices = priceBookOf(org, choice);
  const lists: Record<string, bigint> = {};
  for (const { priceBook, list } of rules.prices.lists) {
    const book = org.books.find((one) => one.name === priceBook)?.id ?? '';
    const price = priceIn(org, book, ids, rules.prices);
    if (price !== null) lists[list] = price;
  }
  return {
    stock: stockOf(rows, rules.stock, item, open.get(sku)),
    price: priceIn(org, bookOfPrices, ids, rules.prices),
    lists,
  };
}

function stockOf(
  rows: readonly StockRow[],
  rules: OracleRules['stock'],
  item: OracleItemRule,
  open: string | undefined,
): bigint | null {
  if (rows.length === 0) return rules.missingRow === 'zero' ? 0n : null;
  const sum = rows.reduce((total, row) => total + row.hundredths, 0n);
  const isFraction = sum % 100n !== 0n;
  if (sum < 0n && rules.negative === 'leave') return null;
  if (isFraction && rules.fractional === 'leave') return null;
  // Hundred-millionths from here on: hundredths of units times hundredths of per cent, and per cent is a hundredth.
  const left = sum * 10_000n - (rules.openOrders && open !== undefined ? millionths(open) : 0n);
  let offered = (left * (millionths(item.percent ?? rules.percent) / 10_000n)) / 100n;
  offered -= millionths(item.buffer ?? rules.buffer) * 100n;
  const cap = item.cap ?? rules.cap;
  if (cap !== null && offered > millionths(cap) * 100n) offered = millionths(cap) * 100n;
  if (offered <= 0n || offered < millionths(item.minimum ?? rules.minimum) * 100n) return 0n;
  const step = isFraction && rules.fractional === 'keep' ? 10_000n : 100_000_000n;
  return (offered - (offered % step)) / 100n;
}

/** The price of all these products in a book where they have the same; null leaves the store's. */
function priceIn(
  org: OrgTables,
  book: string,
  products: readonly string[],
  rules: OracleRules['prices'],
): bigint | null {
  const entries = products.map((id) => org.entries.find((one) => one.book === book && one.product === id));
  const [first] = entries;
  if (first === undefined) return null;
  if (entries.some((one) => one?.cents !== first.cents || one.active !== first.active)) return null;
  if (!first.active || first.cents < 0n) return null;
  let [over, under] = [first.cents, 100n];
  const rate = 10_000n + millionths(rules.taxRatePercent) / 10_000n;
  if (rules.orgPrices === 'net' && rules.storePrices === 'gross')
    [over, under] = [over * rate, under * 10_000n];
  if (rules.orgPrices === 'gross' && rules.storePrices === 'net')
    [over, under] = [over * 10_000n, under * rate];
  const places = 10n ** BigInt(rules.decimals);
  // Half up: twice the amount and one more, halved.
  const rounded = (2n * over * places + under) / (2n * under);
  // A price of nothing, or of so little that nothing is left of it.
  if (rounded === 0n && rules.zero === 'leave') return null;
  return (rounded * 1_000_000n) / places;
}

function placesThatCount(org: OrgTables, { warehouse, companies }: OracleChoice): Set<string> {
  const forSale = org.places.filter((place) => place.forSale);
  if (warehouse !== '')
    return new Set(org.places.filter((place) => place.name === warehouse).map(({ id }) => id));
  const own = forSale.filter((place) => place.company !== null && companies.includes(place.company));
  return new Set((own.length === 0 ? forSale : own).map(({ id }) => id));
}

function priceBookOf(org: OrgTables, { warehouse }: OracleChoice): string {
  const own = org.places.find((place) => place.name === warehouse)?.book ?? null;
  return own ?? org.books.find((book) => book.standard)?.id ?? '';
}

/** Blanks, capitals and leading zeros do not part near misses. */
function looseForm(sku: string): string {
  const letters = [...sku].filter((letter) => letter.trim() !== '').map((letter) => letter.toUpperCase());
  let from = 0;
  while (letters[from] === '0' && from < letters.length - 1) from += 1;
  return letters.slice(from).join('');
}

interface StockRow {
  product: string;
  place: string;
  hundredths: bigint;
}

/** The org's own tables, past its API. */
interface OrgTables {
  products: { id: string; sku: string; active: boolean; company: string | null }[];
  entries: { book: string; product: string; cents: bigint; active: boolean }[];
  stock: StockRow[];
  places: { id: string; name: string; company: string | null; forSale: boolean; book: string | null }[];
  books: { id: string; name: string; standard: boolean }[];
}

function orgTables({ org: { core } }: Sandbox): OrgTables {
  const rows = (object: string) => core.db.all(`SELECT * FROM "${object}" WHERE "IsDeleted" = 0`);
  const text = (value: unknown): string | null => (value === null ? null : String(value));
  return {
    products: rows('Product2')
      .filter((row) => row['StockKeepingUnit'] !== null)
      .map((row) => ({
        id: String(row['Id']),
        sku: String(row['StockKeepingUnit']),
        active: row['IsActive'] === 1,
        company: text(row['Puente_Company__c']),
      })),
    entries: rows('PricebookEntry').map((row) => ({
      book: String(row['Pricebook2Id']),
      product: String(row['Product2Id']),
      cents: BigInt(Number(row['UnitPrice'])),
      active: row['IsActive'] === 1,
    })),
    stock: rows('ProductItem').map((row) => ({
      product: String(row['Product2Id']),
      place: String(row['LocationId']),
      hundredths: BigInt(Number(row['QuantityOnHand'])),
    })),
    places: rows('Location').map((row) => ({
      id: String(row['Id']),
      name: String(row['Name']),
      company: text(row['Puente_Company__c']),
      forSale: row['IsInventoryLocation'] === 1,
      book: text(row['Puente_Pricebook__c']),
    })),
    books: rows('Pricebook2').map((row) => ({
      id: String(row['Id']),
      name: String(row['Name']),
      standard: row['IsStandard'] === 1,
    })),
  };
}
