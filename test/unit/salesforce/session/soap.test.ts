import { expect, it } from 'vitest';
import { readSoap, soapRequest, withExpiryAsStatus } from '../../../../main/salesforce/session/soap';

const envelope = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
const fault = (code: string) =>
  envelope(
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: no</faultstring></soapenv:Fault>`,
  );
const answered = (status: number, body: string) => ({
  ok: true as const,
  answer: { status, headers: {}, body },
});

it('reads what an operation answers, every value a text', () => {
  const body = envelope(
    '<getUserInfoResponse><result><orgDefaultCurrencyIsoCode>ARS</orgDefaultCurrencyIsoCode><sessionSecondsValid>7200</sessionSecondsValid></result></getUserInfoResponse>',
  );
  expect(readSoap(body, 'getUserInfo')).toEqual({
    kind: 'result',
    result: { orgDefaultCurrencyIsoCode: 'ARS', sessionSecondsValid: '7200' },
  });
});

it('reads a fault by its code, without the prefix', () => {
  expect(readSoap(fault('API_CURRENTLY_DISABLED'), 'getUserInfo')).toEqual({
    kind: 'fault',
    code: 'API_CURRENTLY_DISABLED',
  });
});

it.each(['', 'no', '<html><body>Maintenance</body></html>', envelope('<loginResponse/>'), '<a><b></a>'])(
  'takes nothing else for an answer: %j',
  (body) => {
    expect(readSoap(body, 'getUserInfo')).toBeNull();
  },
);

it('writes a session id that no character can break out of', () => {
  expect(soapRequest('getUserInfo', '00D!A&B<C')).toContain('<sessionId>00D!A&amp;B&lt;C</sessionId>');
});

it('tells an expired session as REST does, and nothing else', () => {
  expect(withExpiryAsStatus(answered(500, fault('INVALID_SESSION_ID')), 'getUserInfo')).toMatchObject({
    answer: { status: 401 },
  });
  for (const other of [answered(500, fault('UNKNOWN_EXCEPTION')), answered(503, fault('INVALID_SESSION_ID'))])
    expect(withExpiryAsStatus(other, 'getUserInfo')).toBe(other);
});
