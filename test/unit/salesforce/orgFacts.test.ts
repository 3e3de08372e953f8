import { describe, expect, it } from 'vitest';
import { ok } from '../../../contract/problem';
import type { OrgCurrency } from '../../../main/salesforce/orgCurrency';
import { factsFor, readActiveStatuses, readOrgFacts } from '../../../main/salesforce/orgFacts';
import { findPriceEntries } from '../../../main/salesforce/prices/priceLookup';
import { builtInProfiles } from '../../../main/salesforce/profile';
import type { Caller } from '../../../main/salesforce/query';
import { rows, scriptCaller } from '../../support/scriptedCaller';

const profile = builtInProfiles.standard;
const signal = new AbortController().signal;
const status = (ApiName: string, IsDefault: boolean) => ({ ApiName, IsDefault });

const currency: OrgCurrency = { kind: 'one', code: 'ARS' };

const orgWith = (statuses: object[]) => scriptCaller(() => rows(...statuses)).session;

const factsOf = (session: Caller) => readOrgFacts(session, profile, async () => ok(currency), signal);

describe('readOrgFacts', () => {
  it('takes the default among the statuses of a draft, whatever it is called', async () => {
    const session = orgWith([status('Ingresado', false), status('Borrador', true)]);
    expect(await factsOf(session)).toEqual(ok({ draftStatus: 'Borrador', currency }));
  });

  it('takes the first when none is the default', async () => {
    const session = orgWith([status('A', false), status('B', false)]);
    expect(await factsOf(session)).toMatchObject({ value: { draftStatus: 'A' } });
  });

  it('cannot do without a status for drafts', async () => {
    const session = orgWith([]);
    expect(await factsOf(session)).toMatchObject({
      ok: false,
      problem: { code: 'org.statusMissing', class: 'setup' },
    });
  });
});

describe('factsFor', () => {
  const facts = async () => ok({ draftStatus: 'Draft', currency });

  it('reads the statuses of binding orders only where one is asked for, by label and by name', async () => {
    const { session, asked } = scriptCaller(() => rows({ ApiName: 'Active_2', MasterLabel: 'Confirmado' }));
    const sources = { facts, activeStatuses: (to: AbortSignal) => readActiveStatuses(session, profile, to) };
    expect(await factsFor(sources, [{ activateAs: null }], signal)).toEqual(await facts());
    expect(asked).toEqual([]);
    const known = await factsFor(sources, [{ activateAs: null }, { activateAs: 'Confirmado' }], signal);
    expect(known.ok && [...(known.value.activeStatuses ?? [])]).toEqual([
      ['Confirmado', 'Active_2'],
      ['Active_2', 'Active_2'],
    ]);
    expect(asked[0]?.soql).toContain("StatusCode = 'Activated'");
  });
});

describe('findPriceEntries', () => {
  it('asks for the entries of one currency where there are several, for all where there is one', async () => {
    const { session, asked } = scriptCaller(() => rows());
    await findPriceEntries(session, profile, { priceBookId: '01s', currency: 'USD' }, ['A'], signal);
    await findPriceEntries(session, profile, { priceBookId: '01s', currency: null }, ['A'], signal);
    expect(asked[0]?.soql).toContain("CurrencyIsoCode = 'USD'");
    expect(asked[1]?.soql).not.toContain('CurrencyIsoCode');
  });
});
