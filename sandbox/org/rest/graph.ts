import { z } from 'zod';
import type { OrgCore } from '../core';
import { jsonParserError, notFound, type OrgError, OrgException, processingHalted } from '../errors';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { referencedIds } from './references';
import { sobjects } from './sobjects';
import {
  checkSubrequests,
  failure,
  parseBody,
  type Subrequest,
  type SubrequestResult,
  subrequestSchema,
  toCall,
  toResult,
} from './subrequest';

/** Limits of composite/graph (research/salesforce.md 2.3). */
const mostGraphs = 75;
const mostNodes = 500;
const mostDifferent = 15;
const deepest = 15;
const mostFailures = 14;

const graphsSchema = z.object({
  graphs: z.array(z.object({ graphId: z.string(), compositeRequest: z.array(subrequestSchema) })),
});

interface GraphResult {
  graphId: string;
  graphResponse: { compositeResponse: SubrequestResult[] };
  isSuccessful: boolean;
}

/** POST composite/graph: each graph is all or nothing, the graphs are independent; always HTTP 200. */
export function graph(org: OrgCore, call: RestCall): RestReply {
  if (call.method !== 'POST') throw methodNotAllowed(call, ['POST']);
  const { graphs } = parseBody(graphsSchema, call.body);
  checkGraphIds(graphs.map((entry) => entry.graphId));
  for (const { compositeRequest } of graphs) checkSubrequests(compositeRequest, call.version);
  const tooMany = payloadLimit(graphs);
  if (tooMany) {
    return reply(200, { graphs: graphs.map((entry) => refused(entry.graphId, tooMany)) });
  }
  const results: GraphResult[] = [];
  let failures = 0;
  for (const { graphId, compositeRequest } of graphs) {
    const result =
      failures >= mostFailures
        ? halted(graphId, compositeRequest)
        : runGraph(org, call.version, graphId, compositeRequest);
    if (!result.isSuccessful) failures++;
    results.push(result);
  }
  return reply(200, { graphs: results });
}

class GraphFailure extends Error {
  constructor(
    readonly referenceId: string,
    readonly errors: readonly OrgError[],
    readonly status: number,
  ) {
    super('graph failed');
  }
}

function runGraph(org: OrgCore, version: string, graphId: string, nodes: readonly Subrequest[]): GraphResult {
  const limit = graphLimit(nodes);
  if (limit) return refused(graphId, limit);
  try {
    const results = org.db.atomic(() => runNodes(org, version, nodes));
    return { graphId, graphResponse: { compositeResponse: results }, isSuccessful: true };
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    const compositeResponse = nodes.map(({ referenceId }) =>
      org.options.switches.graphErrors === 'repeat' || referenceId === error.referenceId
        ? failure(error.errors, error.status, referenceId)
        : failure([processingHalted], 400, referenceId),
    );
    return { graphId, graphResponse: { compositeResponse }, isSuccessful: false };
  }
}

function runNodes(org: OrgCore, version: string, nodes: readonly Subrequest[]): SubrequestResult[] {
  const answers = new Map<string, unknown>();
  const results = new Map<string, SubrequestResult>();
  for (const node of inDependencyOrder(nodes)) {
    try {
      const call = toCall(node, answers, version);
      const [resource, name, key] = call.segments;
      if (resource !== 'sobjects' || name === undefined) throw notFound();
      if (key === undefined && call.method !== 'POST') throw methodNotAllowed(call, ['POST']);
      const answer = sobjects(org, call);
      if (answer.status >= 300) {
        throw new OrgException(answer.status, [
          { errorCode: 'MULTIPLE_CHOICES', message: 'The external ID matches more than one record' },
        ]);
      }
      answers.set(node.referenceId, answer.body);
      results.set(node.referenceId, toResult(answer, node.referenceId));
    } catch (error) {
      if (!(error instanceof OrgException)) throw error;
      throw new GraphFailure(node.referenceId, error.errors, error.status);
    }
  }
  return nodes.flatMap((node) => results.get(node.referenceId) ?? []);
}

/** As written, except that a node waits for those it refers to. */
function inDependencyOrder(nodes: readonly Subrequest[]): Subrequest[] {
  const known = new Set(nodes.map((node) => node.referenceId));
  const needs = new Map(
    nodes.map((node) => [node, referencedIds([node.url, node.body]).filter((id) => known.has(id))]),
  );
  const done = new Set<string>();
  const ordered: Subrequest[] = [];
  let waiting = [...nodes];
  while (waiting.length > 0) {
    const later: Subrequest[] = [];
    for (const node of waiting) {
      if ((needs.get(node) ?? []).every((id) => done.has(id))) {
        ordered.push(node);
        done.add(node.referenceId);
      } else later.push(node);
    }
    if (later.length === waiting.length) {
      const first = later[0];
      throw new GraphFailure(
        first?.referenceId ?? '',
        [{ errorCode: 'INVALID_REFERENCE', message: 'The graph contains a cycle of references' }],
        400,
      );
    }
    waiting = later;
  }
  return ordered;
}

/** Graph ids are unique, begin with a letter or a digit, have no dot and fewer than 40 characters. */
function checkGraphIds(ids: readonly string[]): void {
  const bad = ids.find((id, index) => !/^[A-Za-z0-9][^.]{0,38}$/.test(id) || ids.indexOf(id) !== index);
  if (bad === undefined) return;
  throw jsonParserError(
    `Provided graphId ('${bad}') must be unique, must start with a letter or a number, and it must be less than 40 characters long without a period ('.').`,
  );
}

function payloadLimit(graphs: readonly { compositeRequest: readonly Subrequest[] }[]): OrgError | null {
  if (graphs.length > mostGraphs) return limitError(mostGraphs, 'Graphs in the request');
  const nodes = graphs.flatMap((entry) => entry.compositeRequest);
  if (nodes.length > mostNodes) return limitError(mostNodes, 'Nodes in the Graph');
  const kinds = new Set(nodes.map(kindOf));
  return kinds.size > mostDifferent ? limitError(mostDifferent, 'different Nodes in the Graph') : null;
}

/** Nodes are different when method, API version or object are. */
function kindOf(node: Subrequest): string {
  const match = /^\/services\/data\/v([\d.]+)\/sobjects\/(\w+)/i.exec(node.url);
  return `${node.method} ${match?.[1] ?? ''} ${match?.[2]?.toLowerCase() ?? node.url}`;
}

const graphLimit = (nodes: readonly Subrequest[]): OrgError | null =>
  depthOf(nodes) > deepest ? limitError(deepest, 'Depth of the Graph') : null;

function depthOf(nodes: readonly Subrequest[]): number {
  const byId = new Map(nodes.map((node) => [node.referenceId, node]));
  const depths = new Map<string, number>();
  const depth = (node: Subrequest, trail: ReadonlySet<string>): number => {
    const known = depths.get(node.referenceId);
    if (known !== undefined) return known;
    const parents = referencedIds([node.url, node.body]).flatMap((id) => {
      const parent = byId.get(id);
      return parent && !trail.has(id) ? [parent] : [];
    });
    const next = new Set([...trail, node.referenceId]);
    const value = 1 + Math.max(0, ...parents.map((parent) => depth(parent, next)));
    depths.set(node.referenceId, value);
    return value;
  };
  return Math.max(0, ...nodes.map((node) => depth(node, new Set())));
}

const limitError = (limit: number, what: string): OrgError => ({
  errorCode: 'LIMIT_EXCEEDED',
  message: `Limit of ${limit} reached for number of ${what}`,
});

/** A graph that was never begun: one entry without a reference. */
const refused = (graphId: string, error: OrgError): GraphResult => ({
  graphId,
  graphResponse: { compositeResponse: [failure([error], 400, null)] },
  isSuccessful: false,
});

const halted = (graphId: string, nodes: readonly Subrequest[]): GraphResult => ({
  graphId,
  graphResponse: {
    compositeResponse: nodes.map((node) => failure([processingHalted], 400, node.referenceId)),
  },
  isSuccessful: false,
});
