import { describe, expect, it } from 'vitest';
import { ok } from '../../../contract/problem';
import { readOrgCurrency } from '../../../main/salesforce/orgCurrency';
import { builtInProfiles } from '../../../main/salesforce/profile';
import type { SoapAnswer } from '../../../main/salesforce/session/soap';
import { rows, scriptCaller } from '../../support/scriptedCaller';

const profile = builtInProfiles.standard;
const signal = new AbortController().signal;

function orgWith(entryFields: string[], told: SoapAnswer) {
  const { session, asked } = scriptCaller(({ path }) =>
    path.endsWith('/describe')
      ? { name: 'PricebookEntry', fields: entryFields.map((name) => ({ name, type: 'string' })) }
      : rows({ IsoCode: 'USD' }),
  );
  let soapCalls = 0;
  const soap = async () => {
    soapCalls += 1;
    return { ok: true as const, value: told };
  };
  const read = () => readOrgCurrency({ ...session, soap }, profile, signal);
  return { read, asked, soapCalls: () => soapCalls };
}

const told = (result: unknown): SoapAnswer => ({ kind: 'result', result });

describe('the org’s currency', () => {
  it('is the corporate one where there are several', async () => {
    const org = orgWith(['CurrencyIsoCode'], told({}));
    expect(await org.read()).toEqual(ok({ kind: 'several', corporate: 'USD' }));
    expect(org.soapCalls()).toBe(0);
  });

  it('is asked for by SOAP where there is one, since no field has it', async () => {
    const org = orgWith([], told({ orgDefaultCurrencyIsoCode: 'ARS', currencySymbol: '$' }));
    expect(await org.read()).toEqual(ok({ kind: 'one', code: 'ARS' }));
    expect(org.asked.every((call) => !call.soql?.includes('CurrencyType'))).toBe(true);
  });

  it.each<SoapAnswer>([
    { kind: 'fault', code: 'API_DISABLED_FOR_ORG' },
    told({}),
    told({ orgDefaultCurrencyIsoCode: '' }),
    told(''),
  ])('is not known where the org does not tell: %j', async (answer) => {
    expect(await orgWith([], answer).read()).toEqual(ok({ kind: 'one', code: null }));
  });
});
