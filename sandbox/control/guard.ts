import type { Reply, Request } from '../http/message';
import { problem } from './route';

const ownNames = new Set(['127.0.0.1', 'localhost']);

/**
 * Keeps other web pages out: the control server changes things, and any page that a person has open could
 * send it requests. Null for a request that may pass.
 *
 * `Host` must be our own, so that a name that an attacker points at this computer (DNS rebinding) leads
 * nowhere. `Origin` and `Sec-Fetch-Site` come from browsers alone and must then tell our own pages; what a
 * page changes must be sent as JSON, which no form of another page can (Fetch Standard, CORS-safelisted
 * request-header).
 */
export function refuseStrangers(request: Request): Reply | null {
  const { host = '', origin } = request.headers;
  const address = hostOf(host);
  if (address === null || !ownNames.has(address)) {
    return problem(403, 'foreign_host', 'The control server answers under its own address alone.');
  }
  if (origin !== undefined && origin !== `http://${host}`) return foreign();
  const site = request.headers['sec-fetch-site'];
  const opensPage = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !opensPage) return foreign();
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  const type = String(request.headers['content-type'] ?? '');
  if (origin !== undefined && changes && request.body !== '' && !/^application\/json\b/i.test(type)) {
    return problem(415, 'not_json', 'A page must send JSON.');
  }
  return null;
}

const foreign = (): Reply =>
  problem(403, 'foreign_page', 'The control server does not answer the pages of others.');

function hostOf(host: string): string | null {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return null;
  }
}
