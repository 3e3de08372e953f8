import { z } from 'zod';
import type { OrgChoices } from '../../../contract/catalog';
import { ok, type Result } from '../../../contract/problem';
import { columns } from '../columns';
import type { Profile } from '../profile';
import { type Caller, queryAll } from '../query';

const count = z.number().int();

/** Warehouses, companies and price books with how much there is of each; one call where queries are gathered. */
export async function readChoices(
  session: Caller,
  profile: Profile,
  signal: AbortSignal,
): Promise<Result<OrgChoices>> {
  const { warehouse, product, priceBook, priceEntry, stock } = profile;
  const relation = warehouse.priceBook?.relation;
  const places = columns({
    id: { path: 'Id', as: z.string() },
    name: { path: warehouse.name, as: z.string() },
    company: { path: warehouse.company, as: z.string().nullable() },
    book: {
      path: relation === undefined ? null : `${relation}.${priceBook.name}`,
      as: z.string().nullable(),
    },
  });
  const books = columns({
    id: { path: 'Id', as: z.string() },
    name: { path: priceBook.name, as: z.string() },
    standard: { path: priceBook.standard, as: z.boolean() },
    active: { path: priceBook.active, as: z.boolean() },
  });
  const tally = (field: string) =>
    columns({ key: { path: field, as: z.string().nullable() }, total: { path: 'total', as: count } }).row;
  const tallyBy = (object: string, field: string, where = '') =>
    queryAll(
      session,
      `SELECT ${field}, COUNT(Id) total FROM ${object}${where} GROUP BY ${field}`,
      tally(field),
      signal,
    );
  const forSale = warehouse.forSale === null ? '' : ` WHERE ${warehouse.forSale} = true`;
  const [warehouses, stocks, companies, allBooks, prices] = await Promise.all([
    queryAll(
      session,
      `SELECT ${places.select} FROM ${warehouse.object}${forSale} ORDER BY ${warehouse.name}`,
      places.row,
      signal,
    ),
    tallyBy(stock.object, stock.warehouse.field),
    product.company === null
      ? ok([])
      : tallyBy(product.object, product.company, ` WHERE ${product.active} = true`),
    queryAll(
      session,
      `SELECT ${books.select} FROM ${priceBook.object} ORDER BY ${priceBook.name}`,
      books.row,
      signal,
    ),
    tallyBy(priceEntry.object, priceEntry.priceBook, ` WHERE ${priceEntry.active} = true`),
  ]);
  if (!warehouses.ok) return warehouses;
  if (!stocks.ok) return stocks;
  if (!companies.ok) return companies;
  if (!allBooks.ok) return allBooks;
  if (!prices.ok) return prices;
  const stockOf = new Map(stocks.value.map(({ key, total }) => [key, total]));
  const pricesOf = new Map(prices.value.map(({ key, total }) => [key, total]));
  return ok({
    warehouses: warehouses.value.map(({ id, name, company, book }) => ({
      name,
      company,
      priceBook: book,
      products: stockOf.get(id) ?? 0,
    })),
    companies: companies.value.flatMap(({ key, total }) =>
      key === null ? [] : [{ name: key, products: total }],
    ),
    priceBooks: allBooks.value.map(({ id, name, standard, active }) => ({
      name,
      standard,
      active,
      prices: pricesOf.get(id) ?? 0,
    })),
  });
}
