import { z } from 'zod';
import type { Reply } from '../../http/message';
import type { OrgCore } from '../core';
import type { XmlNode } from '../metadata/xml';
import { login } from '../oauth/login';
import { fullName, type KnownUser } from '../users';
import { answer, type Fault, fault, readEnvelope, type SoapCall, sessionFault } from './envelope';

type Api = 'partner' | 'enterprise';

const namespaceOf = (api: Api): string => `urn:${api}.soap.sforce.com`;
export const partnerFaults = (api: Api): string => `urn:fault.${api}.soap.sforce.com`;

/** login() is gone from here on (research/salesforce.md 1.1). */
const firstWithoutLogin = 65;

const credentialsSchema = z.object({
  username: z.coerce.string().default(''),
  password: z.coerce.string().default(''),
});

/** Signing in by SOAP, as old clients do: login, getUserInfo, logout (SOAP API guide, "Core Calls"). */
export function partnerApi(org: OrgCore, body: string, api: Api, version: number): Reply {
  const call = readEnvelope(body);
  if (!call) {
    return refused(api, { code: 'UNKNOWN_EXCEPTION', message: 'UNKNOWN_EXCEPTION: no SOAP envelope' });
  }
  if (call.operation === 'login') return signIn(org, call, api, version);
  const session = org.sessions.use(call.sessionId ?? '');
  if (!session) return refused(api, sessionFault(call.sessionId));
  org.apiCalls++;
  const user = org.users.byId(session.userId);
  const header = limits(org);
  switch (call.operation) {
    case 'getUserInfo':
      return answer(namespaceOf(api), 'getUserInfo', user && userInfo(org, user), header);
    case 'logout':
      org.sessions.close(call.sessionId ?? '');
      return answer(namespaceOf(api), 'logout', undefined, header);
    default: {
      const message = `The sandbox does not answer ${call.operation}() by SOAP`;
      return refused(api, { code: 'INVALID_OPERATION', message });
    }
  }
}

const refused = (api: Api, problem: Fault): Reply =>
  fault(partnerFaults(api), { type: 'UnexpectedErrorFault', ...problem });

const wrongLogin = 'Invalid username, password, security token; or user locked out.';

/** The texts of both refusals are those of live orgs (forcedotcom/wsc issue 363, OpenFn/adaptors issue 1715). */
function signIn(org: OrgCore, call: SoapCall, api: Api, version: number): Reply {
  if (version >= firstWithoutLogin) {
    const shown = version.toFixed(1);
    const message = `The SOAP Login operation is not available in the API version specified (${shown}). Refer to the documentation for supported versions.`;
    return refused(api, { code: 'INVALID_OPERATION', type: 'ApiFault', message });
  }
  if (org.options.switches.soapLogin === 'blocked') {
    const message =
      'SOAP API login() is disabled by default in this org. Contact the org administrator to enable SOAP API login().';
    return refused(api, { code: 'INVALID_OPERATION', type: 'ApiFault', message });
  }
  const attempt = login(org, {
    ...credentialsSchema.parse(call.arguments),
    type: 'Other Apex API',
    application: 'SOAP',
    wantsToken: true,
  });
  if (attempt.ok) return answer(namespaceOf(api), 'login', loginResult(org, attempt.user, api, version));
  const code =
    attempt.why === 'API security token required' ? 'LOGIN_MUST_USE_SECURITY_TOKEN' : 'INVALID_LOGIN';
  return refused(api, { code, type: 'LoginFault', message: wrongLogin });
}

function loginResult(org: OrgCore, user: KnownUser, api: Api, version: number): XmlNode {
  const path = `${version.toFixed(1)}/${org.organizationId.slice(0, 15)}`;
  const base = `${org.instanceUrl()}/services/Soap`;
  return {
    metadataServerUrl: `${base}/m/${path}`,
    passwordExpired: false,
    sandbox: true,
    serverUrl: `${base}/${api === 'partner' ? 'u' : 'c'}/${path}`,
    sessionId: org.sessions.open({ userId: user.id, clientId: '', scope: 'full', approvalId: null }),
    userId: user.id,
    userInfo: userInfo(org, user),
  };
}

/** Every element of a recorded answer, in its order (SOAP API guide, "getUserInfoResult"). */
function userInfo(org: OrgCore, user: KnownUser): XmlNode {
  const { currency, multicurrency, switches, name, timeZone } = org.options;
  const profile = org.records.get({ name: 'User' }, user.id)?.['ProfileId'] ?? '';
  return {
    accessibilityMode: false,
    chatterExternal: false,
    currencySymbol: multicurrency ? null : '$',
    orgAttachmentFileSizeLimit: 26_214_400,
    orgDefaultCurrencyIsoCode: multicurrency ? null : currency,
    orgDefaultCurrencyLocale: 'es_AR',
    orgDisallowHtmlAttachments: false,
    orgHasPersonAccounts: false,
    organizationId: org.organizationId,
    organizationMultiCurrency: multicurrency !== null,
    organizationName: name,
    profileId: profile,
    roleId: null,
    sessionSecondsValid: Math.floor(switches.sessionTimeoutMs / 1000),
    userDefaultCurrencyIsoCode: multicurrency?.corporate ?? null,
    userEmail: user.username,
    userFullName: fullName(user),
    userId: user.id,
    userLanguage: 'es',
    userLocale: 'es_AR',
    userName: user.username,
    userTimeZone: timeZone,
    userType: 'Standard',
    userUiSkin: 'Theme3',
  };
}

const limits = (org: OrgCore): XmlNode => ({
  LimitInfoHeader: {
    limitInfo: {
      current: org.apiCalls,
      limit: org.options.switches.dailyApiLimit,
      type: 'API REQUESTS',
    },
  },
});
