import { z } from 'zod';
import { failed, ok, type ProblemCode, problem, type Result } from '../../contract/problem';
import { parseShape } from '../net/json';
import { columns } from './columns';
import { describeObject } from './describe';
import type { Profile } from './profile';
import { type Caller, queryAll } from './query';
import type { Session } from './session/session';

/** The org's money. Only where there are several currencies has a record a field for its own. */
export type OrgCurrency =
  | { kind: 'several'; corporate: string }
  /** `code` is null where the org does not tell. */
  | { kind: 'one'; code: string | null };

/** The currency of what carries none of its own; null where it is not known. */
export const ownCurrency = (currency: OrgCurrency): string | null =>
  currency.kind === 'one' ? currency.code : currency.corporate;

/** The corporate currency where there are several, else null: then nothing is to be asked for by its currency. */
export const corporateCurrency = (currency: OrgCurrency): string | null =>
  currency.kind === 'one' ? null : currency.corporate;

/** Reads what money the org keeps its prices in. */
export async function readOrgCurrency(
  session: Caller & Pick<Session, 'soap'>,
  profile: Profile,
  signal: AbortSignal,
): Promise<Result<OrgCurrency>> {
  const entry = await describeObject(session, profile.priceEntry.object, signal);
  if (!entry.ok) return entry;
  // Asking for the field in an org with one currency is an error (research/salesforce.md 3.2).
  return entry.value.fields.has(profile.priceEntry.currency)
    ? readCorporate(session, profile, signal)
    : readOnlyOne(session, signal);
}

async function readCorporate(
  session: Caller,
  profile: Profile,
  signal: AbortSignal,
): Promise<Result<OrgCurrency>> {
  const { object, code, corporate } = profile.currency;
  const { select, row } = columns({ code: { path: code, as: z.string() } });
  const soql = `SELECT ${select} FROM ${object} WHERE ${corporate} = true`;
  const currencies = await queryAll(session, soql, row, signal);
  if (!currencies.ok) return currencies;
  const own = currencies.value[0]?.code;
  return own === undefined
    ? failed(problem('org.badAnswer', {}, { detail: `${object}: no corporate currency` }))
    : ok({ kind: 'several', corporate: own });
}

/** The door to SOAP is closed, or somebody else answers at it: no reason to keep orders waiting. */
const closedDoor: ReadonlySet<ProblemCode> = new Set(['org.noAccess', 'org.apiVersion', 'org.badAnswer']);

const userInfoSchema = z.object({ orgDefaultCurrencyIsoCode: z.string().length(3) });

/**
 * The one currency of an org stands in no field that can be queried: `getUserInfo` tells it (SOAP API guide,
 * "getUserInfoResult"). An org that keeps its users from SOAP answers with a fault: then it is not known.
 */
async function readOnlyOne(
  session: Pick<Session, 'soap'>,
  signal: AbortSignal,
): Promise<Result<OrgCurrency>> {
  const answer = await session.soap({ operation: 'getUserInfo', signal });
  if (!answer.ok)
    return closedDoor.has(answer.problem.code) ? ok({ kind: 'one', code: null }) : failed(answer.problem);
  if (answer.value.kind === 'fault') return ok({ kind: 'one', code: null });
  const info = parseShape(answer.value.result, userInfoSchema);
  return ok({ kind: 'one', code: info.ok ? info.value.orgDefaultCurrencyIsoCode : null });
}
