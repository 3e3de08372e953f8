import { z } from 'zod';
import type { Reply, Request } from '../../http/message';
import type { OrgCore } from '../core';
import { login } from '../oauth/login';
import { fullName, type KnownUser } from '../users';
import { answer, fault, readEnvelope } from './envelope';

const namespaces = { u: 'urn:partner.soap.sforce.com', c: 'urn:enterprise.soap.sforce.com' } as const;
const faults = 'urn:fault.partner.soap.sforce.com';

/** login() is gone from here on (research/salesforce.md 1.1). */
const firstWithoutLogin = 65;

const credentialsSchema = z.object({ username: z.coerce.string(), password: z.coerce.string() });

/** Signing in by SOAP, as old clients do: login, getUserInfo, logout (SOAP API guide, "Core Calls"). */
export function partnerApi(org: OrgCore, request: Request, version: number): Reply {
  const namespace = request.path.includes('/c/') ? namespaces.c : namespaces.u;
  const call = readEnvelope(request.body);
  if (!call) return fault('sf', faults, 'UNKNOWN_EXCEPTION', 'The request is no SOAP message');
  if (call.operation === 'login') {
    if (version >= firstWithoutLogin || org.options.switches.soapLogin === 'blocked') {
      return fault(
        'sf',
        faults,
        version >= firstWithoutLogin ? 'UNSUPPORTED_API_VERSION' : 'INVALID_OPERATION',
        version >= firstWithoutLogin
          ? `SOAP API login() is not supported in API version ${version}.0`
          : 'SOAP API login() is disabled by default in this org.',
      );
    }
    const credentials = credentialsSchema.safeParse(call.arguments);
    const attempt = credentials.success
      ? login(org, { ...credentials.data, type: 'Other Apex API', application: 'SOAP', wantsToken: true })
      : null;
    if (!attempt?.ok) {
      return fault(
        'sf',
        faults,
        'INVALID_LOGIN',
        'Invalid username, password, security token; or user locked out.',
      );
    }
    return answer(namespace, 'login', loginResult(org, attempt.user, version));
  }
  const session = org.sessions.use(call.sessionId ?? '');
  if (!session) {
    return fault(
      'sf',
      faults,
      'INVALID_SESSION_ID',
      'Invalid Session ID found in SessionHeader: Illegal Session',
    );
  }
  const user = org.users.byId(session.userId);
  switch (call.operation) {
    case 'getUserInfo':
      return answer(namespace, 'getUserInfo', user ? userInfo(org, user) : undefined);
    case 'logout':
      org.sessions.close(call.sessionId ?? '');
      return answer(namespace, 'logout', undefined);
    default:
      return fault(
        'sf',
        faults,
        'INVALID_OPERATION',
        `The sandbox does not answer ${call.operation} by SOAP`,
      );
  }
}

function loginResult(org: OrgCore, user: KnownUser, version: number) {
  const path = `${version.toFixed(1)}/${org.organizationId.slice(0, 15)}`;
  const base = `${org.instanceUrl()}/services/Soap`;
  return {
    metadataServerUrl: `${base}/m/${path}`,
    passwordExpired: 'false',
    sandbox: 'true',
    serverUrl: `${base}/u/${path}`,
    sessionId: org.sessions.open({ userId: user.id, clientId: '', scope: 'full', approvalId: null }),
    userId: user.id,
    userInfo: userInfo(org, user),
  };
}

const userInfo = (org: OrgCore, user: KnownUser) => ({
  currencySymbol: '$',
  orgDefaultCurrencyIsoCode: org.options.multicurrency?.corporate ?? 'ARS',
  organizationId: org.organizationId,
  organizationMultiCurrency: String(org.options.multicurrency !== null),
  organizationName: org.options.name,
  sessionSecondsValid: String(Math.floor(org.options.switches.sessionTimeoutMs / 1000)),
  userEmail: user.username,
  userFullName: fullName(user),
  userId: user.id,
  userLanguage: 'es',
  userLocale: 'es_AR',
  userName: user.username,
  userTimeZone: org.options.timeZone,
  userType: 'Standard',
});
