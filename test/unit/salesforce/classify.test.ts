import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../contract/problem';
import { type Certainty, classify, problemOf } from '../../../main/salesforce/classify';
import { errorCodes } from '../../../main/salesforce/errorCodes';
import { type OrgFailure, readOrgErrors } from '../../../main/salesforce/failure';

const http = (status: number, code?: string, message = ''): OrgFailure => ({
  kind: 'http',
  status,
  errors: code === undefined ? [] : [{ code, message, fields: [] }],
  retryAfterMs: null,
  title: null,
});

type Row = [name: string, failure: OrgFailure, code: ProblemCode, certainty: Certainty];

const writes: Row[] = [
  ['no such host', { kind: 'notConnected', code: 'ENOTFOUND', why: 'dns' }, 'org.unreachable', 'neverSent'],
  ['refused', { kind: 'notConnected', code: 'ECONNREFUSED', why: 'refused' }, 'org.unreachable', 'neverSent'],
  [
    'bad certificate',
    { kind: 'notConnected', code: 'CERT_HAS_EXPIRED', why: 'certificate' },
    'org.unreachable',
    'neverSent',
  ],
  ['reset', { kind: 'broken', code: 'ECONNRESET' }, 'org.answerLost', 'maybe'],
  ['timeout', { kind: 'timeout', afterMs: 120_000 }, 'org.timeout', 'maybe'],
  ['called off', { kind: 'aborted' }, 'org.answerLost', 'maybe'],
  ['redirect', { kind: 'redirect', status: 302, host: 'x.example' }, 'org.wrongAddress', 'refused'],
  ['too large', { kind: 'tooLarge', limitBytes: 1 }, 'org.badAnswer', 'maybe'],
  ['cut-off JSON', { kind: 'badAnswer', why: 'not JSON' }, 'org.badAnswer', 'maybe'],

  ['401', http(401, 'INVALID_SESSION_ID'), 'org.sessionRefused', 'refused'],
  ['401 as a page', http(401), 'org.sessionRefused', 'refused'],
  ['403 as a page', http(403), 'org.noAccess', 'refused'],
  [
    'daily limit',
    http(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
    'org.dailyLimit',
    'refused',
  ],
  [
    'concurrent limit',
    http(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'),
    'org.concurrentLimit',
    'refused',
  ],
  ['API off', http(403, 'API_DISABLED_FOR_ORG'), 'org.apiDisabled', 'refused'],
  ['no such object', http(404, 'NOT_FOUND'), 'org.objectMissing', 'refused'],
  ['retired version', http(410, 'UNSUPPORTED_API_VERSION'), 'org.apiVersion', 'refused'],
  ['retired version as a page', http(410), 'org.apiVersion', 'refused'],
  ['broken JSON from us', http(400, 'JSON_PARSER_ERROR'), 'org.badAnswer', 'refused'],
  ['being set up', http(420), 'org.unavailable', 'refused'],
  ['too many', http(429), 'org.unavailable', 'refused'],
  [
    'too many at once, under the name of the daily limit',
    http(429, 'REQUEST_LIMIT_EXCEEDED', 'Too many requests.'),
    'org.concurrentLimit',
    'refused',
  ],
  ['gave up waiting', http(408), 'org.unavailable', 'maybe'],
  ['503 page', http(503), 'org.unavailable', 'maybe'],
  ['503 of the org', http(503, 'SERVER_UNAVAILABLE', 'busy'), 'org.unavailable', 'maybe'],
  ['500 of unknown cause', http(500, 'SOMETHING_NEW', 'x'), 'org.unavailable', 'maybe'],
  ['500 with any code', http(500, 'UNKNOWN_EXCEPTION', 'x'), 'org.unavailable', 'maybe'],
  ['lock', http(400, 'UNABLE_TO_LOCK_ROW'), 'org.recordLocked', 'refused'],
];

describe('classify: a write', () => {
  it.each(writes)('%s', (_name, failure, code, certainty) => {
    const verdict = classify(failure, 'write');
    expect(verdict.problem.code).toBe(code);
    expect(verdict.certainty).toBe(certainty);
  });

  it('waits long for the daily limit, briefly for the concurrent one, and as told where told', () => {
    const daily = classify(http(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), 'write');
    expect(daily.retryAfterMs).toBe(30 * 60_000);
    const concurrent = classify(http(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests'), 'write');
    expect(concurrent.retryAfterMs).toBe(15_000);
    const failure: OrgFailure = { kind: 'http', status: 503, errors: [], retryAfterMs: 7_000, title: null };
    expect(classify(failure, 'write').retryAfterMs).toBe(7_000);
  });
});

describe('classify: a read', () => {
  it('never blames the order', () => {
    const codes = [...Object.keys(errorCodes), 'SOMETHING_NEW'];
    for (const code of codes) {
      expect(classify(http(400, code), 'read').problem.class).not.toBe('data');
    }
  });

  it('says unreachable, not lost, when the connection broke', () => {
    expect(classify({ kind: 'broken', code: 'ECONNRESET' }, 'read').problem.code).toBe('org.unreachable');
  });
});

describe('problemOf', () => {
  it.each(Object.entries(errorCodes))('%s is %s', (code, expected) => {
    expect(problemOf({ code, message: 'm', fields: [] }).code).toBe(expected);
  });

  it('finds the lock inside the error of a trigger that met it', () => {
    const error = {
      code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      message: 'OrderTrigger: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record',
      fields: [],
    };
    expect(problemOf(error)).toMatchObject({ code: 'org.recordLocked', class: 'transient' });
  });

  it('tells the fields and the org’s own words', () => {
    const told = problemOf({ code: 'REQUIRED_FIELD_MISSING', message: 'missing: [Name]', fields: ['Name'] });
    expect(told).toMatchObject({
      code: 'order.requiredField',
      params: { field: 'Name', message: 'missing: [Name]' },
      detail: 'REQUIRED_FIELD_MISSING: missing: [Name]',
    });
  });

  it('leaves a code it does not know to a person', () => {
    expect(problemOf({ code: 'BRAND_NEW', message: 'm', fields: [] })).toMatchObject({
      code: 'order.refused',
      class: 'data',
    });
  });
});

describe('readOrgErrors', () => {
  it.each([
    [
      'an array',
      '[{"message":"m","errorCode":"A","fields":["X"]}]',
      [{ code: 'A', message: 'm', fields: ['X'] }],
    ],
    ['one object', '{"message":"m","errorCode":"A"}', [{ code: 'A', message: 'm', fields: [] }]],
    [
      'statusCode',
      '[{"message":"m","statusCode":"A","fields":null}]',
      [{ code: 'A', message: 'm', fields: [] }],
    ],
    ['a page', '<html><title>Down</title></html>', []],
    ['cut-off JSON', '[{"message":"m","errorC', []],
    ['nothing', '', []],
    ['something else', '{"ok":true}', []],
  ])('reads %s', (_name, body, errors) => {
    expect(readOrgErrors(body)).toEqual(errors);
  });
});
