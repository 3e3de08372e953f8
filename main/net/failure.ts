/** Why one HTTP exchange brought no answer. What it means is for the caller to say. */
export type NetFailure =
  /** No connection was made, so the other side has seen nothing. */
  | { kind: 'notConnected'; code: string; why: 'dns' | 'refused' | 'certificate' | 'other' }
  /** The connection broke after it was made: the request may have been carried out. */
  | { kind: 'broken'; code: string }
  /** No complete answer within the time allowed. */
  | { kind: 'timeout'; afterMs: number }
  /** Called off by this program. */
  | { kind: 'aborted' }
  /** The other side pointed elsewhere; nothing is ever sent there. */
  | { kind: 'redirect'; status: number; host: string | null }
  | { kind: 'tooLarge'; limitBytes: number };

const dns = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const certificate = /^(CERT_|ERR_CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO$)/;

/** Chromium's own words for the same, when the exchange goes through Electron's network stack. */
const chromium: Readonly<Record<string, 'dns' | 'refused' | 'other'>> = {
  ERR_NAME_NOT_RESOLVED: 'dns',
  ERR_CONNECTION_REFUSED: 'refused',
  ERR_INTERNET_DISCONNECTED: 'other',
  ERR_ADDRESS_UNREACHABLE: 'other',
  ERR_PROXY_CONNECTION_FAILED: 'other',
  ERR_TUNNEL_CONNECTION_FAILED: 'other',
};

/**
 * Sorts what `fetch` threw. Node's fetch says "fetch failed" and keeps the socket's error as its cause;
 * where several addresses were tried, the cause gathers one error for each.
 */
export function netFailureOf(thrown: unknown): NetFailure {
  const causes = chainOf(thrown);
  for (const { code, syscall } of causes) {
    const early = notConnected(code, syscall);
    if (early !== null) return early;
  }
  // Electron's fetch tells a redirect it was asked not to follow by these words alone.
  if (thrown instanceof Error && thrown.message === 'Redirect was cancelled')
    return { kind: 'redirect', status: 0, host: null };
  const code = causes.find((cause) => cause.code !== '')?.code ?? 'UNKNOWN';
  return { kind: 'broken', code };
}

function notConnected(code: string, syscall: string): NetFailure | null {
  if (dns.has(code) || syscall === 'getaddrinfo') return { kind: 'notConnected', code, why: 'dns' };
  if (code === 'ECONNREFUSED') return { kind: 'notConnected', code, why: 'refused' };
  if (certificate.test(code)) return { kind: 'notConnected', code, why: 'certificate' };
  const chromiums = chromium[code];
  if (chromiums !== undefined) return { kind: 'notConnected', code, why: chromiums };
  if (syscall === 'connect' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return { kind: 'notConnected', code, why: 'other' };
  return null;
}

function chainOf(thrown: unknown, depth = 0): { code: string; syscall: string }[] {
  if (!(thrown instanceof Error) || depth > 4) return [];
  const inner = thrown instanceof AggregateError ? thrown.errors : [];
  const nested = [thrown.cause, ...inner].flatMap((error) => chainOf(error, depth + 1));
  return [{ code: codeOf(thrown), syscall: textOf(thrown, 'syscall') }, ...nested];
}

function codeOf(error: Error): string {
  const named = textOf(error, 'code');
  if (named !== '') return named;
  return /\bnet::(ERR_[A-Z_]+)/.exec(error.message)?.[1] ?? '';
}

function textOf(error: Error, name: string): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}
