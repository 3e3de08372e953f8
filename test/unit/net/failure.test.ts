import { describe, expect, it } from 'vitest';
import { netFailureOf } from '../../../main/net/failure';

const withCode = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('netFailureOf', () => {
  it.each([
    [fetchFailed(withCode('ENOTFOUND')), 'dns'],
    [fetchFailed(withCode('EAI_AGAIN', { syscall: 'getaddrinfo' })), 'dns'],
    [fetchFailed(withCode('ECONNREFUSED', { syscall: 'connect' })), 'refused'],
    [fetchFailed(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')])), 'refused'],
    [fetchFailed(withCode('EHOSTUNREACH', { syscall: 'connect' })), 'other'],
    [fetchFailed(withCode('ETIMEDOUT', { syscall: 'connect' })), 'other'],
    [fetchFailed(withCode('UND_ERR_CONNECT_TIMEOUT')), 'other'],
    [fetchFailed(withCode('CERT_HAS_EXPIRED')), 'certificate'],
    [fetchFailed(withCode('DEPTH_ZERO_SELF_SIGNED_CERT')), 'certificate'],
    [fetchFailed(withCode('ERR_TLS_CERT_ALTNAME_INVALID')), 'certificate'],
    [fetchFailed(withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE')), 'certificate'],
    [new Error('net::ERR_NAME_NOT_RESOLVED'), 'dns'],
    [new Error('net::ERR_CONNECTION_REFUSED'), 'refused'],
    [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'certificate'],
    [new Error('net::ERR_INTERNET_DISCONNECTED'), 'other'],
  ])('%s never reached the other side', (thrown, why) => {
    expect(netFailureOf(thrown)).toMatchObject({ kind: 'notConnected', why });
  });

  it.each([
    [fetchFailed(withCode('ECONNRESET', { syscall: 'read' })), 'ECONNRESET'],
    [fetchFailed(withCode('UND_ERR_SOCKET')), 'UND_ERR_SOCKET'],
    [fetchFailed(withCode('EPIPE', { syscall: 'write' })), 'EPIPE'],
    // Without "connect" this may come from a connection that stood.
    [fetchFailed(withCode('ETIMEDOUT', { syscall: 'read' })), 'ETIMEDOUT'],
    [new Error('net::ERR_CONNECTION_RESET'), 'ERR_CONNECTION_RESET'],
    [new Error('something new'), 'UNKNOWN'],
    ['not even an error', 'UNKNOWN'],
  ])('%s may have been carried out', (thrown, code) => {
    expect(netFailureOf(thrown)).toEqual({ kind: 'broken', code });
  });

  it('knows the redirect that Electron did not follow', () => {
    expect(netFailureOf(new Error('Redirect was cancelled'))).toEqual({
      kind: 'redirect',
      status: 0,
      host: null,
    });
  });
});
