import { z } from 'zod';
import { type Problem, problem } from '../../../contract/problem';
import type { OrderRules } from '../../../contract/rules';
import type { OrgSettings } from '../../../contract/settings';
import { exportKey } from '../../engine/orders/exportKey';
import type { Org } from '../../engine/ports';
import { columns } from '../columns';
import { describeObject } from '../describe';
import { readDraftStatus } from '../orgFacts';
import { findPriceBook, findWarehouse } from '../prices/priceBook';
import type { Profile } from '../profile';
import { queryAll } from '../query';
import type { Session } from '../session/session';
import { soqlList, soqlText } from '../soql';
import { nearNames } from './near';
import { judged, passed, type StepResult } from './steps';

export interface CheckContext {
  session: Session;
  profile: Profile;
  settings: OrgSettings;
  rules: OrderRules;
  lookUpPrices: Org['lookUpPrices'];
  signal: AbortSignal;
}

const versionsSchema = z.array(z.object({ version: z.string() })).min(1);

/** Whether the org offers the version of its API that this program speaks. */
export async function checkApiVersion({ session, signal }: CheckContext): Promise<StepResult> {
  const answer = await session.call({
    call: 'read',
    method: 'GET',
    path: '/services/data',
    answer: versionsSchema,
    signal,
  });
  if (!answer.ok) return judged([answer.problem]);
  const offered = answer.value.map(({ version }) => version);
  const newest = offered.reduce((best, one) => (Number(one) > Number(best) ? one : best));
  const facts = { value: session.apiVersion, found: newest };
  return offered.includes(session.apiVersion)
    ? passed(facts)
    : judged([problem('org.apiVersion', { expected: session.apiVersion, found: newest })], facts);
}

export async function checkOrderStatus({ session, profile, signal }: CheckContext): Promise<StepResult> {
  const status = await readDraftStatus(session, profile, signal);
  return status.ok ? passed({ name: status.value }) : judged([status.problem]);
}

/** The price book is there and has prices: an empty one would fail every order. */
export async function checkPriceBook(context: CheckContext): Promise<StepResult> {
  const { session, profile, settings, signal } = context;
  const book = await findPriceBook(session, profile, settings.warehouse, signal);
  if (!book.ok) return judged([book.problem]);
  const { object, priceBook, active } = profile.priceEntry;
  const { row } = columns({ count: { path: 'expr0', as: z.number().int() } });
  const soql = `SELECT COUNT(Id) FROM ${object} WHERE ${priceBook} = ${soqlText(book.value.id)} AND ${active} = true`;
  const rows = await queryAll(session, soql, row, signal);
  if (!rows.ok) return judged([rows.problem]);
  const found = rows.value[0]?.count ?? 0;
  const facts = { name: book.value.name, found };
  return found > 0 ? passed(facts) : { outcome: 'warned', facts, problems: [] };
}

export async function checkWarehouse(context: CheckContext): Promise<StepResult> {
  const { session, profile, settings, signal } = context;
  if (settings.warehouse === '') return passed();
  const found = await findWarehouse(session, profile, settings.warehouse, signal);
  if (!found.ok) return judged(await withNearNames(found.problem, settings.warehouse, context));
  const { name, priceBook } = found.value;
  return passed({ name, ...(priceBook === null ? {} : { priceBook: priceBook.name }) });
}

/** What is not there, with what may have been meant. */
async function withNearNames(told: Problem, wanted: string, context: CheckContext): Promise<Problem[]> {
  if (told.code !== 'org.warehouseMissing') return [told];
  const { object, name } = context.profile.warehouse;
  return [told, ...similar(wanted, await namesOf(`SELECT ${name} FROM ${object}`, name, context))];
}

/** At most so many names are looked through. */
const mostNames = 2_000;

/** Empty where they cannot be read: that they are not there has been told already. */
async function namesOf(soql: string, field: string, { session, signal }: CheckContext): Promise<string[]> {
  const { row } = columns({ name: { path: field, as: z.string().nullable() } });
  const rows = await queryAll(session, `${soql} LIMIT ${mostNames}`, row, signal);
  return rows.ok ? rows.value.flatMap(({ name }) => name ?? []) : [];
}

function similar(wanted: string, names: readonly string[]): Problem[] {
  const near = nearNames(wanted, names);
  return near.length === 0 ? [] : [problem('org.similarNames', { names: near.join(' · ') })];
}

/** Every company that was named belongs to some product. */
export async function checkCompanies(context: CheckContext): Promise<StepResult> {
  const { session, profile, settings, signal } = context;
  const { companies } = settings;
  if (companies.length === 0) return passed();
  const { object, company } = profile.product;
  if (company === null) return judged([problem('org.fieldMissing', { object, field: '' })]);
  const { row } = columns({ name: { path: company, as: z.string().nullable() } });
  const soql = `SELECT ${company} FROM ${object} WHERE ${company} IN ${soqlList(companies)} GROUP BY ${company}`;
  const rows = await queryAll(session, soql, row, signal);
  if (!rows.ok) return judged([rows.problem]);
  const known = new Set(rows.value.map(({ name }) => name));
  const absent = companies.filter((name) => !known.has(name));
  const all =
    absent.length === 0
      ? []
      : await namesOf(
          `SELECT ${company} FROM ${object} WHERE ${company} != null GROUP BY ${company}`,
          company,
          context,
        );
  const problems = absent.flatMap((name): Problem[] => [
    problem('org.companyMissing', { name, object }),
    ...similar(name, all),
  ]);
  return judged(problems, { found: companies.length - absent.length });
}

/** Room that a store's order number takes in the export key, at the most usual. */
const usualOrderNumber = '0'.repeat(20);

/** The identifier fits its field, and the key made with it fits the key's. */
export async function checkIdentifier(context: CheckContext): Promise<StepResult> {
  const { session, profile, settings, signal } = context;
  const { object, identifier: field, exportKey: keyField } = profile.order;
  const described = await describeObject(session, object, signal);
  if (!described.ok) return judged([described.problem]);
  const key = exportKey(settings.identifier, usualOrderNumber);
  const tooLong = [
    { name: field, text: settings.identifier },
    { name: keyField, text: key },
  ].filter(({ name, text }) => {
    const room = described.value.fields.get(name)?.length ?? 0;
    return room > 0 && text.length > room;
  });
  return judged(
    tooLong.map(({ name, text }) =>
      problem('settings.invalid', {
        object,
        field: name,
        expected: described.value.fields.get(name)?.length ?? 0,
        found: text.length,
        value: settings.identifier,
      }),
    ),
    { value: settings.identifier },
  );
}

/** Below this share of the day's calls, other programs of the org may already be about to fail. */
const scarceShare = 0.1;

/** The calls the org has left today, as it told with its latest answer (`Sforce-Limit-Info`). */
export async function checkQuota({ session }: CheckContext): Promise<StepResult> {
  const usage = session.usage();
  if (usage === null) return passed();
  const left = Math.max(0, usage.limit - usage.used);
  const facts = { found: left, limit: usage.limit };
  if (left === 0) return judged([problem('org.dailyLimit', { limit: usage.limit })], facts);
  return left < usage.limit * scarceShare ? { outcome: 'warned', facts, problems: [] } : passed(facts);
}
