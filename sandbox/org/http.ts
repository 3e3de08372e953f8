import { json, parseJson, type Reply, type Request } from '../http/message';
import type { OrgCore } from './core';
import { jsonParserError, OrgException, refuse } from './errors';
import { jsonComplaint } from './jsonErrors';
import { oauth } from './oauth';
import type { RestCall, Upload } from './rest/call';
import { dispatch } from './rest/dispatch';
import { decode } from './rest/subrequest';
import type { Session } from './sessions';
import { soap } from './soap';
import { versionState, versions } from './versions';

/** Longest address, and longest address with all headers, in bytes (research/salesforce.md 1.4). */
const longestUri = 16_384;

/** The org's HTTP face: versions, sign-in, and the REST API behind a session. */
export function orgHandler(org: OrgCore): (request: Request) => Reply {
  return (request) => {
    if (org.options.switches.down === 'maintenance') {
      return json(503, [
        {
          errorCode: 'SERVER_UNAVAILABLE',
          message: 'We are down for maintenance. Please try again in a few minutes.',
        },
      ]);
    }
    const signIn = oauth(org, request);
    if (signIn) return signIn;
    const soapAnswer = soap(org, request);
    if (soapAnswer) return soapAnswer;
    if (/^\/services\/data\/?$/.test(request.path)) return json(200, versions());
    const match = /^\/services\/data\/v([^/]+)(?:\/(.*))?$/.exec(request.path);
    if (!match) {
      return {
        status: 404,
        headers: { 'content-type': 'text/html;charset=UTF-8' },
        body: '<h1>URL No Longer Exists</h1>',
      };
    }
    return rest(org, request, match[1] ?? '', match[2] ?? '');
  };
}

function rest(org: OrgCore, request: Request, version: string, path: string): Reply {
  try {
    if (Buffer.byteLength(request.target) > longestUri) throw refuse(414, 'URI_TOO_LONG', 'URI Too Long');
    if (request.headerBytes > longestUri) {
      throw refuse(431, 'REQUEST_HEADERS_TOO_LONG', 'Request Header Fields Too Large');
    }
    const state = versionState(version);
    if (state === 'retired') throw refuse(410, 'UNSUPPORTED_API_VERSION', 'GONE');
    if (state === 'unknown') throw refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
    const session = checkSession(org, request);
    count(org);
    const call: RestCall = {
      method: methodOf(request),
      segments: path
        .replace(/\.json$/, '')
        .split('/')
        .filter((part) => part !== '')
        .map(decode),
      query: request.query,
      body: readBody(request),
      headers: plainHeaders(request),
      version,
      ...uploadOf(request),
    };
    const answer = org.runAs(session.userId, () => dispatch(org, call));
    const headers = { ...answer.headers, ...tellings(org) };
    if (answer.stream) {
      const { contentType, parts } = answer.stream;
      return { status: answer.status, headers: { 'content-type': contentType, ...headers }, body: parts };
    }
    return answer.body === undefined
      ? { status: answer.status, headers }
      : shown(request, answer.status, answer.body, headers);
  } catch (error) {
    if (!(error instanceof OrgException)) throw error;
    return shown(request, error.status, error.errors, { ...error.headers, ...tellings(org) });
  }
}

/** Clients that cannot send PATCH ask for it on a POST; HEAD is a GET whose body stays behind. */
function methodOf(request: Request): string {
  if (request.method === 'HEAD') return 'GET';
  const wanted = request.query.get('_HttpMethod') ?? request.headers['x-http-method-override'];
  return request.method === 'POST' && typeof wanted === 'string' ? wanted.toUpperCase() : request.method;
}

/** `X-PrettyPrint: 1` asks for JSON that people can read (REST API guide, "PrettyPrint Header"). */
function shown(request: Request, status: number, body: unknown, headers: Record<string, string>): Reply {
  const reply = json(status, body, headers);
  return request.headers['x-prettyprint'] === '1' ? { ...reply, body: JSON.stringify(body, null, 2) } : reply;
}

function checkSession(org: OrgCore, request: Request): Session {
  const header = request.headers.authorization;
  if (header === undefined) throw refuse(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  const token = /^(?:Bearer|OAuth) (\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw refuse(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
  const session = org.sessions.use(token);
  if (!session) throw refuse(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  return session;
}

function count(org: OrgCore): void {
  if (org.apiCalls >= org.options.switches.dailyApiLimit) {
    throw refuse(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  org.apiCalls++;
}

/** What every answer tells: the calls that are used up, and the org's own time. */
const tellings = (org: OrgCore): Record<string, string> => ({
  date: new Date(org.now()).toUTCString(),
  'Sforce-Limit-Info': `api-usage=${org.apiCalls}/${org.options.switches.dailyApiLimit}`,
});

/** Bulk uploads are CSV, or a form that holds one. */
function uploadOf(request: Request): { upload?: Upload } {
  const contentType = request.headers['content-type'] ?? '';
  return /^(?:text\/csv|multipart\/form-data)\b/i.test(contentType)
    ? { upload: { contentType, bytes: request.bytes } }
    : {};
}

function readBody(request: Request): unknown {
  if (uploadOf(request).upload || request.body.trim() === '') return undefined;
  const type = request.headers['content-type'] ?? '';
  if (!/json/i.test(type)) {
    throw refuse(415, 'UNSUPPORTED_MEDIA_TYPE', `Content type ${type || 'none'} is not supported`);
  }
  const value = parseJson(request.body);
  if (value === undefined) throw jsonParserError(jsonComplaint(request.body));
  return value;
}

function plainHeaders(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}
