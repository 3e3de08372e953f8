import { afterEach, describe, expect, it } from 'vitest';
import { noSignal, type OrgAtWork, startOrgAtWork } from '../../support/sandboxOrg';

let at: OrgAtWork;
afterEach(() => at.stop());

const isSoap = (url: string) => url.includes('/services/Soap/');

async function currencyOfPrices(): Promise<string | null> {
  const found = await at.org.lookUpPrices([], noSignal);
  if (!found.ok) throw new Error(found.problem.code);
  return found.value.currency;
}

describe('the currency of prices', () => {
  it.each(['ARS', 'UYU'])('is the only one that the org has: %s', async (currency) => {
    at = await startOrgAtWork({}, { org: { currency } });
    expect(await currencyOfPrices()).toBe(currency);
  });

  it('is the corporate one where there are several', async () => {
    at = await startOrgAtWork({}, { org: { multicurrency: { corporate: 'CLP', others: [] } } });
    expect(await currencyOfPrices()).toBe('CLP');
  });

  it('is asked for once, and the session renewed where it expires just then', async () => {
    let asked = 0;
    at = await startOrgAtWork({
      fetch: (input, init) => {
        if (isSoap(String(input)) && asked++ === 0) at.sandbox.org.expireSessions();
        return fetch(input, init);
      },
    });
    expect(await currencyOfPrices()).toBe('ARS');
    expect(await currencyOfPrices()).toBe('ARS');
    expect(asked).toBe(2);
  });

  it.each([
    ['no SOAP for its users', 'API_DISABLED_FOR_ORG', 1],
    ['no session by SOAP that is good for REST', 'INVALID_SESSION_ID', 2],
  ])('is not known where the org has %s, and prices are found all the same', async (_what, code, signIns) => {
    const fault = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>no</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
    let tokens = 0;
    at = await startOrgAtWork({
      fetch: async (input, init) => {
        if (String(input).endsWith('/oauth2/token')) tokens += 1;
        return isSoap(String(input)) ? new Response(fault, { status: 500 }) : fetch(input, init);
      },
    });
    expect(await currencyOfPrices()).toBeNull();
    expect(await currencyOfPrices()).toBeNull();
    expect(tokens).toBe(signIns);
  });

  it.each<[string, () => Response]>([
    ['is forbidden', () => new Response('<html><title>No</title></html>', { status: 403 })],
    ['is not there', () => new Response('', { status: 404 })],
    ['is somebody else’s', () => new Response('<html><title>Proxy</title></html>', { status: 200 })],
  ])('is not known where the door to SOAP %s', async (_what, answer) => {
    at = await startOrgAtWork({
      fetch: async (input, init) => (isSoap(String(input)) ? answer() : fetch(input, init)),
    });
    expect(await currencyOfPrices()).toBeNull();
  });

  it('is waited for where the line is broken', async () => {
    let broken = true;
    at = await startOrgAtWork({
      fetch: async (input, init) => {
        if (isSoap(String(input)) && broken) throw new TypeError('fetch failed');
        return fetch(input, init);
      },
    });
    expect(await at.org.lookUpPrices([], noSignal)).toMatchObject({
      ok: false,
      problem: { class: 'transient' },
    });
    broken = false;
    expect(await currencyOfPrices()).toBe('ARS');
  });
});
