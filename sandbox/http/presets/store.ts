import type { FaultInput } from '../fault';
import type { Preset } from './preset';

/** The store's own error body (docs/store-api.yaml, Problem). */
const problem = (code: string, message: string): string => JSON.stringify({ error: { code, message } });

type StatusFault = Extract<FaultInput, { kind: 'status' }>;

const answering = (answer: Omit<StatusFault, 'target' | 'kind'>): Preset => ({
  target: 'store',
  times: null,
  rule: () => ({ target: 'store', kind: 'status', ...answer }),
});

/** What can befall a store on the way; wrong and missing data are switches of the store itself. */
export const storePresets: Readonly<Record<string, Preset>> = {
  'store-429': answering({
    status: 429,
    body: problem('too_many_requests', 'Too many requests; try again later.'),
    headers: { 'retry-after': '10' },
  }),
  'store-503': answering({
    status: 503,
    body: problem('unavailable', 'The store is being maintained.'),
    headers: { 'retry-after': '30' },
  }),
  'store-502-html': answering({
    status: 502,
    body: '<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<h1>502 Bad Gateway</h1>\n</body>\n</html>\n',
    contentType: 'text/html',
  }),
  'store-401': answering({ status: 401, body: problem('unauthorized', 'The token is missing or wrong.') }),
  // The sign-in page of a hotel or an office network, which answers 200 to everything.
  'store-portal': answering({
    status: 200,
    body: '<html>\n<head><title>Wi-Fi</title></head>\n<body>\n<h1>Welcome. Please sign in.</h1>\n</body>\n</html>\n',
    contentType: 'text/html',
  }),
  'store-drop': {
    target: 'store',
    times: 1,
    rule: () => ({ target: 'store', kind: 'drop', phase: 'before' }),
  },
  'store-batch-lost': {
    target: 'store',
    times: 1,
    rule: () => ({ target: 'store', kind: 'drop', method: 'POST', path: '/products/batch$', phase: 'after' }),
  },
  'store-slow': {
    target: 'store',
    times: 1,
    ms: 60_000,
    rule: ({ ms }) => ({ target: 'store', kind: 'delay', ms, phase: 'after' }),
  },
  'store-truncated': {
    target: 'store',
    times: 1,
    rule: () => ({ target: 'store', kind: 'truncate', phase: 'after', cut: false }),
  },
};
