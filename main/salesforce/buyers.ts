import { z } from 'zod';
import type { Address } from '../../contract/order';
import { ok, type Result } from '../../contract/problem';
import type { BuyerFacts, BuyerMatch } from '../engine/ports';
import { columns } from './columns';
import type { Profile } from './profile';
import { type Caller, queryChunks } from './query';
import { chunkForList, soqlList } from './soql';

/**
 * Buyers by tax ID. An org that was filled by hand has CUITs with dashes and DNIs with dots, so those
 * spellings are asked for too: a buyer missed is a buyer made twice.
 */
export async function findBuyers(
  session: Caller,
  profile: Profile,
  taxIds: readonly string[],
  signal: AbortSignal,
): Promise<Result<Map<string, BuyerMatch>>> {
  const { object, name, taxId, vatStatus, phone, email, address } = profile.buyer;
  const text = z
    .string()
    .nullish()
    .transform((value) => value ?? null);
  const { select, row } = columns({
    id: { path: 'Id', as: z.string() },
    name: { path: name, as: z.string() },
    taxId: { path: taxId, as: z.string().nullable() },
    vatText: { path: vatStatus, as: text },
    phone: { path: phone, as: text },
    email: { path: email, as: text },
    street: { path: address?.street ?? null, as: text },
    city: { path: address?.city ?? null, as: text },
    province: { path: address?.province ?? null, as: text },
    postalCode: { path: address?.postalCode ?? null, as: text },
    country: { path: address?.country ?? null, as: text },
  });
  const rows = await queryChunks(
    session,
    chunkForList(taxIds.flatMap(spellings)),
    (values) => `SELECT ${select} FROM ${object} WHERE ${taxId} IN ${soqlList(values)}`,
    row,
    signal,
  );
  if (!rows.ok) return rows;
  return ok(new Map(taxIds.map((wanted) => [wanted, matchOf(wanted, rows.value)])));
}

type Row = { id: string; name: string; taxId: string | null } & Omit<BuyerFacts, 'address'> &
  Record<keyof Address, string | null>;

function matchOf(wanted: string, rows: readonly Row[]): BuyerMatch {
  const written = new Set(spellings(wanted));
  const found = rows.filter((row) => row.taxId !== null && written.has(row.taxId.trim()));
  const [first] = found;
  if (first === undefined) return { kind: 'none' };
  return found.length === 1
    ? { kind: 'one', id: first.id, name: first.name, known: factsOf(first) }
    : { kind: 'many', count: found.length };
}

function factsOf({ vatText, phone, email, street, city, province, postalCode, country }: Row): BuyerFacts {
  const blank = (text: string | null): string => text ?? '';
  return {
    vatText,
    phone,
    email,
    address: {
      street: blank(street),
      city: blank(city),
      province: blank(province),
      postalCode: blank(postalCode),
      country: blank(country),
    },
  };
}

/** A tax ID as it may stand in the org: `30712345671` also as `30-71234567-1`, `20123456` as `20.123.456`. */
export function spellings(taxId: string): string[] {
  const cuit = /^(\d{2})(\d{8})(\d)$/.exec(taxId);
  if (cuit !== null) return [taxId, `${cuit[1]}-${cuit[2]}-${cuit[3]}`];
  const dni = /^(\d{1,2})(\d{3})(\d{3})$/.exec(taxId);
  return dni === null ? [taxId] : [taxId, `${dni[1]}.${dni[2]}.${dni[3]}`];
}
