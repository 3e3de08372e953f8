import { z } from 'zod';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import { columns } from '../columns';
import type { Profile } from '../profile';
import { type Caller, queryAll } from '../query';
import { soqlText } from '../soql';

export interface PriceBook {
  id: string;
  name: string;
}

export interface Warehouse {
  id: string;
  name: string;
  /** Null where the warehouse names none of its own. */
  priceBook: (PriceBook & { active: boolean }) | null;
}

/**
 * The price book that prices an order: the warehouse's own where a warehouse is set and names one, else
 * the org's standard one (design, "The profile").
 */
export async function findPriceBook(
  session: Caller,
  profile: Profile,
  warehouse: string,
  signal: AbortSignal,
): Promise<Result<PriceBook>> {
  if (warehouse === '') return findStandard(session, profile, signal);
  // Both are asked for at once, since a question more costs nothing in the same call.
  const [found, standard] = await Promise.all([
    findWarehouse(session, profile, warehouse, signal),
    findStandard(session, profile, signal),
  ]);
  if (!found.ok) return found;
  const own = found.value.priceBook;
  if (own === null) return standard;
  if (!own.active)
    return failed(problem('org.priceBookMissing', { priceBook: own.name, name: found.value.name }));
  return ok({ id: own.id, name: own.name });
}

/** The warehouse a person means: by its exact name or reference, else by one that differs in case alone. */
export async function findWarehouse(
  session: Caller,
  profile: Profile,
  wanted: string,
  signal: AbortSignal,
): Promise<Result<Warehouse>> {
  const { object, name, reference } = profile.warehouse;
  const { select, row } = warehouseColumns(profile);
  const conditions = [name, ...(reference === null ? [] : [reference])]
    .map((field) => `${field} = ${soqlText(wanted)}`)
    .join(' OR ');
  const rows = await queryAll(session, `SELECT ${select} FROM ${object} WHERE ${conditions}`, row, signal);
  if (!rows.ok) return rows;
  const exact = rows.value.filter((one) => one.name === wanted || one.reference === wanted);
  const candidates = exact.length > 0 ? exact : rows.value;
  const [first, ...others] = candidates;
  if (first === undefined) return failed(problem('org.warehouseMissing', { name: wanted, object }));
  // Which of them is meant is not for this program to guess.
  if (others.length > 0)
    return failed(problem('org.warehouseAmbiguous', { name: wanted, found: candidates.length, object }));
  return ok({ id: first.id, name: first.name, priceBook: bookOf(first) });
}

function warehouseColumns({ warehouse, priceBook }: Profile) {
  const own = warehouse.priceBook;
  return columns({
    id: { path: 'Id', as: z.string() },
    name: { path: warehouse.name, as: z.string() },
    reference: { path: warehouse.reference, as: z.string().nullable() },
    bookId: { path: own?.field ?? null, as: z.string().nullable() },
    bookName: { path: own === null ? null : `${own.relation}.${priceBook.name}`, as: z.string().nullable() },
    bookActive: {
      path: own === null ? null : `${own.relation}.${priceBook.active}`,
      as: z.boolean().nullable(),
    },
  });
}

/** A price book that this user may not see has an id and no name: it counts as switched off, not as none. */
const bookOf = (row: { bookId: string | null; bookName: string | null; bookActive: boolean | null }) =>
  row.bookId === null
    ? null
    : { id: row.bookId, name: row.bookName ?? row.bookId, active: row.bookActive === true };

async function findStandard(
  session: Caller,
  profile: Profile,
  signal: AbortSignal,
): Promise<Result<PriceBook>> {
  const { object, name, active, standard } = profile.priceBook;
  const { select, row } = columns({
    id: { path: 'Id', as: z.string() },
    name: { path: name, as: z.string() },
    active: { path: active, as: z.boolean() },
  });
  const rows = await queryAll(
    session,
    `SELECT ${select} FROM ${object} WHERE ${standard} = true`,
    row,
    signal,
  );
  if (!rows.ok) return rows;
  const [found] = rows.value;
  if (found === undefined)
    return failed(problem('org.priceBookMissing', { priceBook: 'Standard Price Book', object }));
  if (!found.active) return failed(problem('org.priceBookMissing', { priceBook: found.name, object }));
  return ok({ id: found.id, name: found.name });
}
