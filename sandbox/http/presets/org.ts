import type { FaultInput } from '../fault';
import type { Preset } from './preset';

/** Salesforce's error body, compact and with the message first, as recorded (research/salesforce.md 1.4). */
const salesforceError = (errorCode: string, message: string): string =>
  JSON.stringify([{ message, errorCode }]);

interface Answer {
  status: number;
  body: string;
  contentType?: string;
  headers?: Record<string, string>;
}

function answering(answer: Answer, more: Partial<Omit<Preset, 'rule'>> = {}): Preset {
  return {
    target: 'org',
    scope: 'api',
    times: null,
    ...more,
    rule: (): FaultInput => ({ target: 'org', kind: 'status', ...answer }),
  };
}

const html = 'text/html;charset=UTF-8';

/** The page of the servers in front of an org; what they send is not JSON, whatever was asked for. */
const page = (title: string, text: string): string =>
  `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body>\n</html>\n`;

const unavailable = page(
  'Service Not Available',
  'An unexpected connection error occurred.<br>This error originated from Salesforce CDN partner.',
);

/** Each fault of research/salesforce.md 5.1, item 6, with the body that Salesforce sends. */
export const orgPresets: Readonly<Record<string, Preset>> = {
  // "Internal Server Error" of the gateway, before anything of the API answers.
  'org-500-html': answering({
    status: 500,
    body: page('Internal Server Error', 'The server encountered an internal error.'),
    contentType: html,
  }),
  // restforce/restforce issue 821: the number of the error changes, the words do not.
  'org-500-json': answering({
    status: 500,
    body: salesforceError(
      'UNKNOWN_EXCEPTION',
      'An unexpected error occurred. Please include this ErrorId if you contact support: 1452464078-314667 (-1173371248)',
    ),
  }),
  'org-500-empty': answering({ status: 500, body: '', contentType: html }),
  // forcedotcom/SalesforceMobileSDK-CordovaPlugin issue 621: an HTML page of the network in front of the org.
  'org-503-html': answering({
    status: 503,
    body: unavailable,
    contentType: 'text/html',
    headers: { server: 'AkamaiNetStorage', pragma: 'no-cache' },
  }),
  // restforce/restforce issue 156.
  'org-503-json': answering({ status: 503, body: salesforceError('SERVER_UNAVAILABLE', 'Server too busy') }),
  'org-503-empty': answering({ status: 503, body: '', contentType: html }),
  // Undocumented; clients that met it retry (airbyte, source_salesforce/rate_limiting.py).
  'org-420': answering({
    status: 420,
    body: page('Setting things up', 'We are setting things up. Please try again in a moment.'),
    contentType: html,
  }),
  'org-429': answering({
    status: 429,
    body: salesforceError('REQUEST_LIMIT_EXCEEDED', 'Too many requests.'),
    headers: { 'retry-after': '10' },
  }),
  'org-403-total-requests': answering({
    status: 403,
    body: salesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  }),
  // gist.github.com/ndabAP/2ae90f3b871403d822ec2de0bcffb5b0
  'org-403-concurrent-requests': answering(
    {
      status: 403,
      body: salesforceError(
        'REQUEST_LIMIT_EXCEEDED',
        'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      ),
    },
    { times: 3 },
  ),
  'org-lock-row': {
    target: 'org',
    times: 3,
    rule: () => ({
      target: 'org',
      kind: 'refuse',
      errorCode: 'UNABLE_TO_LOCK_ROW',
      message: 'unable to obtain exclusive access to this record or 1 records: 001000000000001AAA',
    }),
  },
  'org-401-once': answering(
    { status: 401, body: salesforceError('INVALID_SESSION_ID', 'Session expired or invalid') },
    { times: 1 },
  ),
  'org-401-forever': answering({
    status: 401,
    body: salesforceError('INVALID_SESSION_ID', 'Session expired or invalid'),
  }),
  'org-drop-before': cutting('before'),
  'org-drop-after': cutting('after'),
  'org-timeout': {
    target: 'org',
    scope: 'writes',
    times: 1,
    ms: 120_000,
    rule: ({ ms }) => ({ target: 'org', kind: 'delay', ms, phase: 'after' }),
  },
  'org-late': {
    target: 'org',
    scope: 'writes',
    times: 1,
    ms: 120_000,
    rule: ({ ms }) => ({ target: 'org', kind: 'delay', ms, phase: 'before' }),
  },
  'org-truncated-json': {
    target: 'org',
    scope: 'api',
    times: 1,
    rule: () => ({ target: 'org', kind: 'truncate', phase: 'after', cut: false }),
  },
  'org-truncated-connection': {
    target: 'org',
    scope: 'api',
    times: 1,
    rule: () => ({ target: 'org', kind: 'truncate', phase: 'after', cut: true }),
  },
  // Of two equal requests the first is held after it took effect, and the second gets through meanwhile.
  'org-slow-first': {
    target: 'org',
    scope: 'writes',
    times: null,
    ms: 30_000,
    rule: ({ ms }) => ({ target: 'org', kind: 'delay', ms, phase: 'after', first: true }),
  },
  'org-sign-in-down': answering(
    { status: 503, body: unavailable, contentType: 'text/html' },
    { scope: 'signIn' },
  ),
  // Salesforce Help, "Error Messages: OAuth": too many sign-ins of one user within an hour.
  'org-login-rate': answering(
    {
      status: 400,
      body: JSON.stringify({ error: 'invalid_grant', error_description: 'login rate exceeded' }),
    },
    { scope: 'signIn' },
  ),
  // Text and not JSON (jetstream, callout-adapter.ts).
  'org-identity-refused': {
    target: 'org',
    times: null,
    rule: () => ({
      target: 'org',
      kind: 'status',
      path: '^/id/|^/services/oauth2/userinfo$',
      status: 403,
      body: 'Bad_OAuth_Token',
      contentType: html,
    }),
  },
  'org-bulk-down': answering(
    { status: 503, body: salesforceError('SERVER_UNAVAILABLE', 'Server too busy') },
    { scope: 'bulk' },
  ),
};

function cutting(phase: 'before' | 'after'): Preset {
  return {
    target: 'org',
    scope: 'writes',
    times: 1,
    rule: () => ({ target: 'org', kind: 'drop', phase }),
  };
}
