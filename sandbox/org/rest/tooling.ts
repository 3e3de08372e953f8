import { z } from 'zod';
import type { OrgCore } from '../core';
import { notFound } from '../errors';
import { parseSoql } from '../soql/parse';
import { type RestCall, type RestReply, readOnlyResource, reply } from './call';
import { query } from './query';

const pageSchema = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.record(z.string(), z.unknown())),
});

/**
 * tooling: the edge of the Tooling API that clients touch (Tooling API guide, "REST Resources"). It knows no code
 * and no setup; queries find the objects that both APIs have, such as Organization, User and RecordType.
 */
export function tooling(org: OrgCore, call: RestCall): RestReply {
  const [, resource, ...rest] = call.segments;
  const base = `/services/data/v${call.version}/tooling`;
  switch (resource) {
    case undefined:
      readOnlyResource(call);
      return reply(200, Object.fromEntries(resources.map((name) => [name, `${base}/${name}`])));
    case 'sobjects':
      readOnlyResource(call);
      if (rest.length > 0) throw notFound();
      return reply(200, { encoding: 'UTF-8', maxBatchSize: 200, sobjects: [] });
    case 'query':
      return toolingQuery(org, call, rest);
    default:
      throw notFound();
  }
}

const resources = ['query', 'sobjects'];

function toolingQuery(org: OrgCore, call: RestCall, rest: readonly string[]): RestReply {
  const answer = query(org, { ...call, segments: ['query', ...rest] });
  const page = pageSchema.safeParse(answer.body);
  const soql = call.query.get('q');
  if (!page.success) return answer;
  const { totalSize, done, nextRecordsUrl, records } = page.data;
  return reply(200, {
    size: records.length,
    totalSize,
    done,
    ...(nextRecordsUrl === undefined
      ? { queryLocator: null }
      : { queryLocator: nextRecordsUrl, nextRecordsUrl: asTooling(nextRecordsUrl) }),
    entityTypeName: soql === null ? null : (parseSoql(soql).sObject ?? null),
    records,
  });
}

const asTooling = (address: string): string => address.replace(/(\/v[\d.]+\/)/, '$1tooling/');
