import { Connection } from '@jsforce/jsforce-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';

/**
 * SOAP API guide, "login()", "getUserInfo()", "logout()" and "Exception Codes". Texts and order of elements are
 * those of recorded answers; which versions have no login() any more: help article 005132110.
 */

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ content: 'empty' });
});
afterEach(() => sandbox.stop());

const head =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"';
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

async function post(door: string, body: string, sessionId?: string) {
  const header =
    sessionId === undefined
      ? '<se:Header/>'
      : `<se:Header><SessionHeader xmlns="urn:partner.soap.sforce.com"><sessionId>${sessionId}</sessionId></SessionHeader></se:Header>`;
  const response = await fetch(`${sandbox.org.url}/services/Soap/${door}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', SOAPAction: '""' },
    body: `<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/">${header}<se:Body>${body}</se:Body></se:Envelope>`,
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text: await response.text(),
  };
}

const loginBody = (username: string, password: string) =>
  `<login xmlns="urn:partner.soap.sforce.com"><username>${username}</username><password>${password}</password></login>`;

const signIn = (door = 'u/62.0', password = sandbox.org.credentials.password) =>
  post(door, loginBody(sandbox.org.credentials.username, password));

const elements = (xml: string, parent: string): string[] => {
  const inner = new RegExp(`<${parent}>(.*)</${parent}>`).exec(xml)?.[1] ?? '';
  return [...inner.matchAll(/<(\w+)[ >/]/g)].map((match) => match[1] ?? '');
};

describe('login()', () => {
  it('answers with every element of a recorded answer, in its order', async () => {
    const { status, type, text } = await signIn();
    expect({ status, type }).toEqual({ status: 200, type: 'text/xml; charset=utf-8' });
    expect(
      text.startsWith(
        `${head} xmlns="urn:partner.soap.sforce.com" ${xsi}><soapenv:Body><loginResponse><result><metadataServerUrl>`,
      ),
    ).toBe(true);
    const userInfo = [
      ...['accessibilityMode', 'chatterExternal', 'currencySymbol', 'orgAttachmentFileSizeLimit'],
      ...['orgDefaultCurrencyIsoCode', 'orgDefaultCurrencyLocale', 'orgDisallowHtmlAttachments'],
      ...['orgHasPersonAccounts', 'organizationId', 'organizationMultiCurrency', 'organizationName'],
      ...['profileId', 'roleId', 'sessionSecondsValid', 'userDefaultCurrencyIsoCode', 'userEmail'],
      ...['userFullName', 'userId', 'userLanguage', 'userLocale', 'userName', 'userTimeZone', 'userType'],
      'userUiSkin',
    ];
    expect(elements(text, 'userInfo')).toEqual(userInfo);
    expect(elements(text, 'result')).toEqual([
      ...['metadataServerUrl', 'passwordExpired', 'sandbox', 'serverUrl', 'sessionId', 'userId', 'userInfo'],
      ...userInfo,
    ]);
    expect(text).toContain('<roleId xsi:nil="true"/>');
    const org = sandbox.org.organizationId.slice(0, 15);
    expect(text).toContain(`<serverUrl>${sandbox.org.url}/services/Soap/u/62.0/${org}</serverUrl>`);
    expect(text).toContain(`<metadataServerUrl>${sandbox.org.url}/services/Soap/m/62.0/${org}<`);
  });

  it('answers the enterprise door in its own namespace', async () => {
    const { text } = await signIn('c/44.0');
    expect(text).toContain(' xmlns="urn:enterprise.soap.sforce.com"');
    expect(text).toContain('/services/Soap/c/44.0/');
  });

  it('refuses a wrong password word for word', async () => {
    const { status, text } = await signIn('u/62.0', 'wrong');
    const said = 'Invalid username, password, security token; or user locked out.';
    expect(status).toBe(500);
    expect(text).toBe(
      `${head} xmlns:sf="urn:fault.partner.soap.sforce.com" ${xsi}><soapenv:Body><soapenv:Fault><faultcode>INVALID_LOGIN</faultcode><faultstring>INVALID_LOGIN: ${said}</faultstring><detail><sf:LoginFault xsi:type="sf:LoginFault"><sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode><sf:exceptionMessage>${said}</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`,
    );
  });

  it('is not there from version 65 on (forcedotcom/wsc issue 363)', async () => {
    const { status, text } = await signIn('u/65.0');
    expect(status).toBe(500);
    expect(text).toContain(
      '<faultstring>INVALID_OPERATION: The SOAP Login operation is not available in the API version specified (65.0). Refer to the documentation for supported versions.</faultstring>',
    );
    expect((await signIn('u/64.0')).status).toBe(200);
  });

  it('can be switched off, as it is in new orgs', async () => {
    sandbox.org.setSwitches({ soapLogin: 'blocked' });
    const { status, text } = await signIn();
    expect(status).toBe(500);
    expect(text).toContain(
      '<faultstring>INVALID_OPERATION: SOAP API login() is disabled by default in this org. Contact the org administrator to enable SOAP API login().</faultstring>',
    );
  });

  it.each(['u/30.0', 'u/99.0', 'm/v62.0', 'c/x'])('knows no version of %s', async (door) => {
    const { status, text } = await signIn(door);
    expect(status).toBe(500);
    expect(text).toContain('UNSUPPORTED_API_VERSION: Invalid Api version specified on URL');
  });
});

describe('a session that came by SOAP', () => {
  const sessionOf = (text: string) => /<sessionId>([^<]+)</.exec(text)?.[1] ?? '';

  it('is good for REST and for getUserInfo, until logout', async () => {
    const session = sessionOf((await signIn()).text);
    const info = await post('u/62.0', '<getUserInfo xmlns="urn:partner.soap.sforce.com"/>', session);
    expect(info.text).toContain('<getUserInfoResponse><result><accessibilityMode>');
    expect(info.text).toContain('<type>API REQUESTS</type>');
    const rest = `${sandbox.org.url}/services/data/v62.0/limits`;
    const headers = { authorization: `Bearer ${session}` };
    expect((await fetch(rest, { headers })).status).toBe(200);
    const out = await post('u/62.0', '<logout xmlns="urn:partner.soap.sforce.com"/>', session);
    expect(out.text).toContain('<logoutResponse/>');
    expect((await fetch(rest, { headers })).status).toBe(401);
    const gone = await post('u/62.0', '<getUserInfo xmlns="urn:partner.soap.sforce.com"/>', session);
    expect(gone.status).toBe(500);
    expect(gone.text).toContain('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
    expect(gone.text).toContain('This error usually occurs after a session expires or a user logs out.');
    expect(gone.text).toContain('<sf:UnexpectedErrorFault xsi:type="sf:UnexpectedErrorFault">');
  });

  it('is refused by the metadata door without details, as recorded', async () => {
    const { status, text } = await post(
      'm/62.0',
      '<describeMetadata xmlns="http://soap.sforce.com/2006/04/metadata"><asOfVersion>62.0</asOfVersion></describeMetadata>',
      'nobody',
    );
    expect(status).toBe(500);
    expect(text).toBe(
      `${head} xmlns:sf="http://soap.sforce.com/2006/04/metadata"><soapenv:Body><soapenv:Fault><faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`,
    );
  });

  it('is what jsforce gets by user name and password alone', async () => {
    const { username, password } = sandbox.org.credentials;
    const connection = new Connection({ loginUrl: sandbox.org.url, version: '62.0' });
    const info = await connection.login(username, password);
    expect(info.organizationId).toBe(sandbox.org.organizationId);
    expect((await connection.query('SELECT Id FROM User')).totalSize).toBeGreaterThan(0);
    await connection.logout();
    expect(connection.accessToken).toBeNull();
    await expect(connection.login(username, 'wrong')).rejects.toThrow(
      'Invalid username, password, security token',
    );
  });
});
