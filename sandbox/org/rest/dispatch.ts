import { bulkIngest } from '../bulk/ingest';
import { bulkQuery } from '../bulk/query';
import type { OrgCore } from '../core';
import { notFound } from '../errors';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { collections } from './collections';
import { composite } from './composite';
import { graph } from './graph';
import { query } from './query';
import { sobjects } from './sobjects';

/** Carries out one REST call of a signed-in user. Throws OrgException for what the org refuses. */
export function dispatch(org: OrgCore, call: RestCall): RestReply {
  const [resource, second] = call.segments;
  switch (resource) {
    case undefined:
      return reply(200, resources(org, call.version));
    case 'limits':
      if (call.method !== 'GET') throw methodNotAllowed(call, ['GET']);
      return reply(200, limits(org));
    case 'sobjects':
      return sobjects(org, call);
    case 'query':
    case 'queryAll':
      return query(org, call);
    case 'jobs':
      if (second === 'query') return bulkQuery(org, call);
      if (second === 'ingest') return bulkIngest(org, call);
      throw notFound();
    case 'composite':
      if (second === undefined) return composite(org, call, (inner) => dispatch(org, inner));
      if (second === 'graph') return graph(org, call);
      if (second === 'sobjects') return collections(org, call);
      throw notFound();
    default:
      throw notFound();
  }
}

function resources(org: OrgCore, version: string): Record<string, string> {
  const names = ['composite', 'jobs', 'limits', 'query', 'queryAll', 'sobjects'];
  return {
    ...Object.fromEntries(names.map((name) => [name, `/services/data/v${version}/${name}`])),
    identity: org.identityUrl(),
  };
}

function limits(org: OrgCore): unknown {
  const { dailyApiLimit: daily, bulk } = org.options.switches;
  const { dailyJobs } = bulk;
  return {
    DailyApiRequests: { Max: daily, Remaining: Math.max(0, daily - org.apiCalls) },
    DailyBulkV2QueryJobs: { Max: dailyJobs, Remaining: Math.max(0, dailyJobs - org.bulk.usedToday('query')) },
    DailyBulkV2QueryFileStorageMB: { Max: 976_562, Remaining: 976_562 },
    DataStorageMB: { Max: 1073, Remaining: 1070 },
    FileStorageMB: { Max: 1073, Remaining: 1073 },
  };
}
