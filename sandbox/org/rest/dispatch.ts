import { bulkIngest } from '../bulk/ingest';
import { bulkQuery } from '../bulk/query';
import type { OrgCore } from '../core';
import { notFound } from '../errors';
import { deployRequest } from '../metadata/rest';
import { batch } from './batch';
import { type RestCall, type RestReply, readOnlyResource, reply } from './call';
import { collections } from './collections';
import { composite } from './composite';
import { graph } from './graph';
import { compactLayoutsOf } from './layouts';
import { limits } from './limits';
import { processes } from './process';
import { query } from './query';
import { quickActions } from './quickActions';
import { recent } from './recent';
import { appMenu, compositeResources, resources, tabs, theme } from './resources';
import { parameterizedSearch, search } from './search';
import { sobjects } from './sobjects';
import { tooling } from './tooling';
import { tree } from './tree';

/** Carries out one REST call of a signed-in user. Throws OrgException for what the org refuses. */
export function dispatch(org: OrgCore, call: RestCall): RestReply {
  const [resource, second] = call.segments;
  switch (resource) {
    case undefined:
      return read(call, () => resources(org, call.version));
    case 'limits':
      return read(call, () => limits(org));
    case 'metadata':
      return deployRequest(org, call);
    case 'recent':
      return recent(org, call);
    case 'tabs':
      return read(call, () => tabs(org));
    case 'theme':
      return read(call, () => theme(org));
    case 'appMenu':
      return read(call, appMenu);
    case 'compactLayouts':
      return read(call, () => compactLayoutsOf(org, call));
    case 'tooling':
      return tooling(org, call);
    case 'quickActions':
      return quickActions(org, null, call.segments.slice(1), call);
    case 'search':
      return search(org, call);
    case 'parameterizedSearch':
      return parameterizedSearch(org, call);
    case 'process':
      return processes(call);
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
      if (second === undefined && call.method === 'GET') return reply(200, compositeResources(call.version));
      if (second === undefined) return composite(org, call, (inner) => dispatch(org, inner));
      if (second === 'graph') return graph(org, call);
      if (second === 'sobjects') return collections(org, call);
      if (second === 'tree') return tree(org, call);
      if (second === 'batch') return batch(org, call, (inner) => dispatch(org, inner));
      throw notFound();
    default:
      throw notFound();
  }
}

function read(call: RestCall, body: () => unknown): RestReply {
  readOnlyResource(call);
  return reply(200, body());
}
