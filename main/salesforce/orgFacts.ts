import { z } from 'zod';
import { failed, ok, problem, type Result } from '../../contract/problem';
import { columns } from './columns';
import type { OrgCurrency } from './orgCurrency';
import type { Profile } from './profile';
import { type Caller, queryAll } from './query';
import { soqlText } from './soql';

/** What an order needs to know of the org beyond its own values. */
export interface OrgFacts {
  /** The status a new order gets: the org's default among those in which it can still be changed. */
  draftStatus: string;
  currency: OrgCurrency;
  /** Read only where orders are to be activated: the status by its label and by its API name. */
  activeStatuses?: ReadonlyMap<string, string>;
}

/** `currencyOf` answers from memory where it can: an org does not change the number of its currencies. */
export async function readOrgFacts(
  session: Caller,
  profile: Profile,
  currencyOf: (signal: AbortSignal) => Promise<Result<OrgCurrency>>,
  signal: AbortSignal,
): Promise<Result<OrgFacts>> {
  const [draftStatus, currency] = await Promise.all([
    readDraftStatus(session, profile, signal),
    currencyOf(signal),
  ]);
  if (!draftStatus.ok) return draftStatus;
  if (!currency.ok) return currency;
  return ok({ draftStatus: draftStatus.value, currency: currency.value });
}

/** Every status in which an order can still be changed. */
export async function readDraftStatuses(
  session: Caller,
  profile: Profile,
  signal: AbortSignal,
): Promise<Result<string[]>> {
  const { object, value, category, draftCategory } = profile.orderStatus;
  const { select, row } = columns({ value: { path: value, as: z.string() } });
  const soql = `SELECT ${select} FROM ${object} WHERE ${category} = ${soqlText(draftCategory)}`;
  const statuses = await queryAll(session, soql, row, signal);
  return statuses.ok ? ok(statuses.value.map((status) => status.value)) : statuses;
}

/** Every status of a binding order, by its label and by its API name. */
export async function readActiveStatuses(
  session: Caller,
  profile: Profile,
  signal: AbortSignal,
): Promise<Result<ReadonlyMap<string, string>>> {
  const { object, value, label, category, activeCategory } = profile.orderStatus;
  const { select, row } = columns({
    value: { path: value, as: z.string() },
    label: { path: label, as: z.string() },
  });
  const soql = `SELECT ${select} FROM ${object} WHERE ${category} = ${soqlText(activeCategory)}`;
  const statuses = await queryAll(session, soql, row, signal);
  if (!statuses.ok) return statuses;
  return ok(
    new Map(
      statuses.value.flatMap((status) => [
        [status.label, status.value],
        [status.value, status.value],
      ]),
    ),
  );
}

export interface FactSources {
  facts: (signal: AbortSignal) => Promise<Result<OrgFacts>>;
  activeStatuses: (signal: AbortSignal) => Promise<Result<ReadonlyMap<string, string>>>;
}

/** What these units need to know of the org: the statuses of binding orders only where one is asked for. */
export async function factsFor(
  sources: FactSources,
  units: readonly { activateAs: string | null }[],
  signal: AbortSignal,
): Promise<Result<OrgFacts>> {
  const facts = await sources.facts(signal);
  if (!facts.ok || units.every((unit) => unit.activateAs === null)) return facts;
  const activeStatuses = await sources.activeStatuses(signal);
  return activeStatuses.ok ? ok({ ...facts.value, activeStatuses: activeStatuses.value }) : activeStatuses;
}

/** Statuses can be renamed, so the word for a draft is read from the org (research/salesforce.md 2.1). */
export async function readDraftStatus(
  session: Caller,
  profile: Profile,
  signal: AbortSignal,
): Promise<Result<string>> {
  const { object, value, category, isDefault, draftCategory } = profile.orderStatus;
  const { select, row } = columns({
    value: { path: value, as: z.string() },
    isDefault: { path: isDefault, as: z.boolean() },
  });
  const soql = `SELECT ${select} FROM ${object} WHERE ${category} = ${soqlText(draftCategory)}`;
  const statuses = await queryAll(session, soql, row, signal);
  if (!statuses.ok) return statuses;
  const chosen = statuses.value.find((status) => status.isDefault) ?? statuses.value[0];
  if (chosen === undefined) return failed(problem('org.statusMissing', { value: draftCategory }));
  return ok(chosen.value);
}
