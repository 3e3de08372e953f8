import { z } from 'zod';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import type { FoundScope, Named, PriceScope, ScopeWish } from '../../engine/catalog/orgScope';
import { columns } from '../columns';
import type { OrgCurrency } from '../orgCurrency';
import { findPriceBook, findWarehouse } from '../prices/priceBook';
import type { Profile } from '../profile';
import { type Caller, queryAll } from '../query';
import { soqlList, soqlText } from '../soql';

export interface ScopeSources {
  session: Caller;
  profile: Profile;
  currencyOf: (signal: AbortSignal) => Promise<Result<OrgCurrency>>;
}

/**
 * Finds what an update's choice names. Every name that is not there, a price book that is switched off and prices in
 * another currency are a problem of their own, before anything is read; those of prices and of stock stand by themselves.
 */
export async function findScope(
  sources: ScopeSources,
  wish: ScopeWish,
  signal: AbortSignal,
): Promise<Result<FoundScope>> {
  const { session, profile } = sources;
  const [warehouse, companies, priceBook, lists, currency] = await Promise.all([
    wish.warehouse === '' ? ok(null) : findWarehouse(session, profile, wish.warehouse, signal),
    checkCompanies(sources, wish.companies, signal),
    findPriceBook(session, profile, wish.warehouse, signal),
    findBooks(sources, wish.lists, signal),
    sources.currencyOf(signal),
  ]);
  if (!warehouse.ok) return warehouse;
  if (!companies.ok) return companies;
  const place = warehouse.value;
  const [prices, stock] = await Promise.all([
    pricesOf(sources, wish.currency, { priceBook, lists, currency }, signal),
    place !== null ? ok([place.id]) : warehousesOf(sources, wish.companies, signal),
  ]);
  return ok({
    warehouse: place,
    companies: wish.companies,
    prices,
    stock: stock.ok ? ok({ warehouses: stock.value }) : stock,
  });
}

interface PriceParts {
  priceBook: Result<Named>;
  lists: Result<PriceScope['lists']>;
  currency: Result<OrgCurrency>;
}

async function pricesOf(
  sources: ScopeSources,
  asked: ScopeWish['currency'],
  { priceBook, lists, currency }: PriceParts,
  signal: AbortSignal,
): Promise<Result<PriceScope>> {
  if (!priceBook.ok) return priceBook;
  if (!lists.ok) return lists;
  if (!currency.ok) return currency;
  const ofStore = await asked;
  if (!ofStore.ok) return ofStore;
  const books = { priceBook: priceBook.value, lists: lists.value };
  if (currency.value.kind === 'several')
    return checkCurrency(sources, { ...books, currency: ofStore.value }, ofStore.value, signal);
  const { code } = currency.value;
  return code === null || code === ofStore.value
    ? ok({ ...books, currency: null })
    : failed(problem('store.currencyMismatch', { currency: ofStore.value, priceBook: books.priceBook.name }));
}

async function checkCompanies(
  { session, profile }: ScopeSources,
  companies: readonly string[],
  signal: AbortSignal,
): Promise<Result<void>> {
  if (companies.length === 0) return ok(undefined);
  const { object, company } = profile.product;
  if (company === null) return failed(problem('org.fieldMissing', { object, field: '' }));
  const { row } = columns({ name: { path: company, as: z.string().nullable() } });
  const soql = `SELECT ${company} FROM ${object} WHERE ${company} IN ${soqlList(companies)} GROUP BY ${company}`;
  const rows = await queryAll(session, soql, row, signal);
  if (!rows.ok) return rows;
  const known = new Set(rows.value.map(({ name }) => name));
  const absent = companies.find((name) => !known.has(name));
  return absent === undefined
    ? ok(undefined)
    : failed(problem('org.companyMissing', { name: absent, object }));
}

async function findBooks(
  { session, profile }: ScopeSources,
  wanted: ScopeWish['lists'],
  signal: AbortSignal,
): Promise<Result<PriceScope['lists']>> {
  if (wanted.length === 0) return ok([]);
  const { object, name, active } = profile.priceBook;
  const { select, row } = columns({
    id: { path: 'Id', as: z.string() },
    name: { path: name, as: z.string() },
    active: { path: active, as: z.boolean() },
  });
  const names = wanted.map(({ priceBook }) => priceBook);
  const soql = `SELECT ${select} FROM ${object} WHERE ${name} IN ${soqlList(names)}`;
  const rows = await queryAll(session, soql, row, signal);
  if (!rows.ok) return rows;
  const lists: { list: string; priceBook: Named }[] = [];
  for (const { list, priceBook } of wanted) {
    const [book, ...others] = rows.value.filter((one) => one.name === priceBook && one.active);
    if (book === undefined) return failed(problem('org.priceBookMissing', { priceBook, object }));
    // Which of them is meant is not for this program to guess.
    if (others.length > 0)
      return failed(problem('org.priceBookAmbiguous', { priceBook, found: 1 + others.length, object }));
    lists.push({ list, priceBook: { id: book.id, name: book.name } });
  }
  return ok(lists);
}

/** Up to so many warehouses are named one by one. */
const mostNamed = 100;

/**
 * Without a warehouse, the stock of the chosen companies' warehouses counts, else that of all. They are named, so that one
 * which begins or ceases to sell has everything read anew: its stock rows do not change with it. Null: too many to name.
 */
async function warehousesOf(
  { session, profile }: ScopeSources,
  companies: readonly string[],
  signal: AbortSignal,
): Promise<Result<string[] | null>> {
  const { object, company, forSale } = profile.warehouse;
  const { row } = columns({
    id: { path: 'Id', as: z.string() },
    company: { path: company, as: z.string().nullable() },
  });
  const columnsOf = company === null ? 'Id' : `Id, ${company}`;
  const open = forSale === null ? '' : ` WHERE ${forSale} = true`;
  const rows = await queryAll(session, `SELECT ${columnsOf} FROM ${object}${open}`, row, signal);
  if (!rows.ok) return rows;
  const names = new Set(companies.map((name) => name.toLowerCase()));
  const own = rows.value.filter((place) => names.has((place.company ?? '').toLowerCase()));
  // Companies without a warehouse of their own sell from everybody's.
  const places = own.length > 0 ? own : rows.value;
  if (places.length === 0 || (own.length === 0 && places.length > mostNamed)) return ok(null);
  return ok(places.map(({ id }) => id));
}

/** An org with several currencies keeps a price for each: without one in the store's, there is nothing to take. */
async function checkCurrency(
  { session, profile }: ScopeSources,
  scope: PriceScope,
  currency: string,
  signal: AbortSignal,
): Promise<Result<PriceScope>> {
  const { object, priceBook, currency: field } = profile.priceEntry;
  const { row } = columns({ total: { path: 'total', as: z.number().int() } });
  for (const book of [scope.priceBook, ...scope.lists.map((list) => list.priceBook)]) {
    const soql = `SELECT COUNT(Id) total FROM ${object} WHERE ${priceBook} = ${soqlText(book.id)} AND ${field} = ${soqlText(currency)}`;
    const rows = await queryAll(session, soql, row, signal);
    if (!rows.ok) return rows;
    if (rows.value[0]?.total === 0)
      return failed(problem('store.currencyMismatch', { currency, priceBook: book.name }));
  }
  return ok(scope);
}
