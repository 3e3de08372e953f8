import { z } from 'zod';
import { type Problem, problem } from '../../../contract/problem';
import { parseShape } from '../../net/json';
import { echoCodes } from '../errorCodes';
import { type OrgError, orgErrorSchema } from '../failure';
import type { Profile } from '../profile';
import type { OrgRecord, UnitRecords } from './records';

/** Nodes that one graph, and one call, may have, and graphs of a call (research/salesforce.md 2.3). */
export const maxGraphNodes = 500;
export const maxGraphs = 75;

export interface GraphNode {
  method: 'POST' | 'GET' | 'PATCH' | 'DELETE';
  url: string;
  referenceId: string;
  body?: Record<string, string | number | null>;
}

export interface Graph {
  graphId: string;
  compositeRequest: GraphNode[];
}

const references = {
  buyer: 'refBuyer',
  buyerUpdate: 'refBuyerUpdate',
  order: 'refOrder',
  activation: 'refActivation',
  readBack: 'refReadBack',
  line: 'refLine',
} as const;

/**
 * One order as one graph: buyer if new or changed, order, lines, activation, and a look at what the org made
 * of it, so that its number comes with the same call. All of it or nothing (research/salesforce.md 2.5).
 * `lineCount` limits the lines to the first so many, and an order without all of them is not activated; the
 * look is left out when it would be a node too many.
 */
export function buildGraph(
  graphId: string,
  records: UnitRecords,
  profile: Profile,
  apiVersion: string,
  lineCount = records.lines.length,
): Graph {
  const root = `/services/data/v${apiVersion}/sobjects`;
  const post = (object: string, referenceId: string, body: OrgRecord): GraphNode => ({
    method: 'POST',
    url: `${root}/${object}`,
    referenceId,
    body,
  });
  const { buyer, buyerUpdate, order, lines, activation } = records;
  const nodes: GraphNode[] = [];
  if (buyer !== null) nodes.push(post(profile.buyer.object, references.buyer, buyer));
  if (buyerUpdate !== null)
    nodes.push({
      method: 'PATCH',
      url: `${root}/${profile.buyer.object}/${buyerUpdate.id}`,
      referenceId: references.buyerUpdate,
      body: buyerUpdate.fields,
    });
  const orderBody = buyer === null ? order : { ...order, [profile.order.buyer]: `@{${references.buyer}.id}` };
  nodes.push(post(profile.order.object, references.order, orderBody));
  lines.slice(0, lineCount).forEach((line, index) => {
    const body = { [profile.line.order]: `@{${references.order}.id}`, ...line };
    nodes.push(post(profile.line.object, `${references.line}${index}`, body));
  });
  if (activation !== null && lineCount >= lines.length)
    nodes.push({
      method: 'PATCH',
      url: `${root}/${profile.order.object}/@{${references.order}.id}`,
      referenceId: references.activation,
      body: activation,
    });
  if (nodes.length < maxGraphNodes)
    nodes.push({
      method: 'GET',
      url: `${root}/${profile.order.object}/@{${references.order}.id}`,
      referenceId: references.readBack,
    });
  return { graphId, compositeRequest: nodes };
}

/** Whether the order can be written all or nothing. */
export function fitsOneGraph(
  { buyer, buyerUpdate, lines, activation }: UnitRecords,
  maxLines: number,
): boolean {
  const beside = [buyer, buyerUpdate, activation].filter((node) => node !== null).length;
  return lines.length <= maxLines && beside + 1 + lines.length <= maxGraphNodes;
}

const nodeAnswerSchema = z.object({
  body: z.unknown(),
  httpStatusCode: z.number().int(),
  referenceId: z.string().nullable(),
});
type NodeAnswer = z.infer<typeof nodeAnswerSchema>;

export const graphAnswerSchema = z.object({
  graphs: z.array(
    z.object({
      graphId: z.string().nullish(),
      graphResponse: z.object({ compositeResponse: z.array(nodeAnswerSchema) }),
      isSuccessful: z.boolean(),
    }),
  ),
});
type GraphAnswer = z.infer<typeof graphAnswerSchema>;

export type GraphOutcome =
  | { kind: 'written'; orgId: string; orgNumber: string | null }
  | { kind: 'failed'; errors: NodeError[] }
  /** The org stopped before it came to this graph: others of the call had failed. */
  | { kind: 'halted' }
  /** It says it succeeded, yet not everything that was sent is there. */
  | { kind: 'unclear'; problem: Problem };

export interface NodeError {
  error: OrgError;
  /** Which of the unit's lines it is about, counted from 0; null when that cannot be told. */
  lineIndex: number | null;
}

const createdSchema = z.object({ id: z.string().min(15), success: z.literal(true) });

/**
 * Reads what the answer says of one graph of a call of `sentGraphs`. Ids count only when the whole graph succeeded and
 * every node says so: a rolled-back node may still carry one (research/salesforce.md 2.4). Graphs are found by their
 * id, never by their place.
 */
export function readGraph(
  answer: GraphAnswer,
  request: Graph,
  profile: Profile,
  sentGraphs: number,
): GraphOutcome {
  const graph = graphOf(answer, request.graphId, sentGraphs);
  if (graph === null) return unclear('no graph in the answer');
  const nodes = graph.graphResponse.compositeResponse;
  if (!graph.isSuccessful) {
    const errors = causes(nodes);
    return errors.length === 0 && sentGraphs > 1 ? { kind: 'halted' } : { kind: 'failed', errors };
  }
  const sent = request.compositeRequest;
  const byReference = new Map(nodes.map((node) => [node.referenceId, node]));
  const created = sent.filter((node) => node.method === 'POST');
  const missing = created.find((node) => {
    const told = byReference.get(node.referenceId);
    return told?.httpStatusCode !== 201 || !createdSchema.safeParse(told.body).success;
  });
  if (missing !== undefined) return unclear(`node ${missing.referenceId} was not confirmed`);
  const unchanged = sent.find(
    (node) => node.method === 'PATCH' && !isSuccess(byReference.get(node.referenceId)?.httpStatusCode),
  );
  if (unchanged !== undefined) return unclear(`node ${unchanged.referenceId} was not confirmed`);
  const order = parseShape(byReference.get(references.order)?.body, createdSchema);
  if (!order.ok) return unclear(order.why);
  const orgNumber = readNumber(byReference.get(references.readBack), profile);
  return { kind: 'written', orgId: order.value.id, orgNumber };
}

function graphOf(answer: GraphAnswer, graphId: string, sentGraphs: number) {
  const named = answer.graphs.filter((graph) => graph.graphId === graphId);
  if (named.length === 1) return named[0] ?? null;
  // An error about the call as a whole comes in the place of a single graph, under no name.
  const [only] = answer.graphs;
  return sentGraphs === 1 && answer.graphs.length === 1 ? (only ?? null) : null;
}

const isSuccess = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status < 300;

function readNumber(node: NodeAnswer | undefined, profile: Profile): string | null {
  const record = z.record(z.string(), z.unknown()).safeParse(node?.body);
  const number = record.success ? record.data[profile.order.number] : null;
  return typeof number === 'string' ? number : null;
}

/**
 * The errors that caused the failure. Older versions repeat the cause at every node, newer ones put
 * PROCESSING_HALTED at the others: echoes are dropped, and only an error told at a single node is taken to
 * be about that node.
 */
export function causes(nodes: readonly NodeAnswer[]): NodeError[] {
  const told = new Map<string, { error: OrgError; at: (string | null)[] }>();
  for (const node of nodes) {
    for (const error of errorsOf(node)) {
      if (echoCodes.has(error.code)) continue;
      const key = JSON.stringify(error);
      const known = told.get(key);
      if (known === undefined) told.set(key, { error, at: [node.referenceId] });
      else known.at.push(node.referenceId);
    }
  }
  return [...told.values()].map(({ error, at }) => ({
    error,
    lineIndex: at.length === 1 && nodes.length > 1 ? lineIndexOf(at[0] ?? null) : null,
  }));
}

const nodeErrorsSchema = z.union([z.array(orgErrorSchema), orgErrorSchema.transform((one) => [one])]);

function errorsOf(node: NodeAnswer): OrgError[] {
  const parsed = nodeErrorsSchema.safeParse(node.body);
  return parsed.success ? parsed.data : [];
}

function lineIndexOf(referenceId: string | null): number | null {
  const digits = /^refLine(\d+)$/.exec(referenceId ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

const unclear = (detail: string): GraphOutcome => ({
  kind: 'unclear',
  problem: problem('org.badAnswer', {}, { detail: `graph: ${detail}` }),
});
