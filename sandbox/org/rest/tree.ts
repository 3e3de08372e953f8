import { z } from 'zod';
import type { OrgCore } from '../core';
import { insertRecord } from '../dml/dml';
import { notFound, type OrgError, OrgException, refuse } from '../errors';
import type { ObjectDef } from '../schema/types';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { type CollectionError, collectionError } from './collections';
import { parseBody } from './subrequest';

/** Limits of sObject Tree (REST API guide, "sObject Tree"). */
const mostRecords = 200;
const mostLevels = 5;
const mostTypes = 5;

const nodeSchema = z.looseObject({
  attributes: z
    .object({ type: z.string().default(''), referenceId: z.string().default('') })
    .default({ type: '', referenceId: '' }),
});
type Input = z.infer<typeof nodeSchema>;
const treeSchema = z.object({ records: z.array(nodeSchema) });

/** A record of the tree, with the field by which it hangs on its parent. */
interface Node {
  referenceId: string;
  type: string;
  object: ObjectDef;
  fields: Record<string, unknown>;
  parent: { node: Node; field: string } | null;
}

/** One that is still to be read. */
interface Pending {
  input: Input;
  object: ObjectDef;
  parent: Node['parent'];
}

interface Failure {
  referenceId: string;
  errors: CollectionError[];
}

class TreeFailure extends Error {
  constructor(readonly failures: readonly Failure[]) {
    super('tree failed');
  }
}

/**
 * POST composite/tree/X: records with their children, all or nothing. 201 with the ids, the upper level first;
 * 400 with the records that were refused (REST API guide, "sObject Tree Response Body").
 */
export function tree(org: OrgCore, call: RestCall): RestReply {
  if (call.method !== 'POST') throw methodNotAllowed(call, ['POST']);
  const object = org.schema.object(call.segments[2] ?? '');
  if (!object) throw notFound();
  const levels = readLevels(org, object, parseBody(treeSchema, call.body).records);
  const nodes = levels.flat();
  checkLimits(nodes);
  try {
    refuseIf(inputFailures(nodes));
    const ids = org.db.atomic(() => insertAll(org, call, levels));
    const results = nodes.map((node) => ({ referenceId: node.referenceId, id: ids.get(node) }));
    return reply(201, { hasErrors: false, results });
  } catch (error) {
    if (!(error instanceof TreeFailure)) throw error;
    return reply(400, { hasErrors: true, results: error.failures });
  }
}

/** Level by level, and the records of one type on a level together: those tell their errors together too. */
function insertAll(org: OrgCore, call: RestCall, levels: readonly Node[][]): Map<Node, string> {
  const rules = org.rules(call);
  const ids = new Map<Node, string>();
  for (const level of levels) {
    for (const object of new Set(level.map((node) => node.object))) {
      const failures: Failure[] = [];
      for (const node of level.filter((entry) => entry.object === object)) {
        const link = node.parent ? { [node.parent.field]: ids.get(node.parent.node) } : {};
        try {
          ids.set(
            node,
            org.db.atomic(() => insertRecord(rules, object, { ...node.fields, ...link })),
          );
        } catch (error) {
          if (!(error instanceof OrgException)) throw error;
          failures.push({ referenceId: node.referenceId, errors: error.errors.map(collectionError) });
        }
      }
      refuseIf(failures);
    }
  }
  return ids;
}

/** The records by level: roots, their children, and so on. */
function readLevels(org: OrgCore, root: ObjectDef, records: readonly Input[]): Node[][] {
  const levels: Node[][] = [];
  let next: Pending[] = records.map((input) => ({ input, object: root, parent: null }));
  while (next.length > 0) {
    const below: Pending[] = [];
    const level = next.map(({ input, object, parent }) => {
      const { attributes, ...rest } = input;
      const node: Node = { ...attributes, object, fields: {}, parent };
      for (const [name, value] of Object.entries(rest)) {
        const relation = org.schema.child(object, name);
        if (!relation) {
          node.fields[name] = value;
          continue;
        }
        const link = { node, field: relation.field.name };
        for (const child of parseBody(treeSchema, value).records) {
          below.push({ input: child, object: relation.object, parent: link });
        }
      }
      return node;
    });
    levels.push(level);
    next = below;
  }
  return levels;
}

function checkLimits(nodes: readonly Node[]): void {
  const depth = (node: Node): number => 1 + (node.parent ? depth(node.parent.node) : 0);
  if (nodes.some((node) => node.referenceId === '')) {
    throw refuse(403, 'INVALID_INPUT', 'Include a reference ID for each record in the request.');
  }
  if (nodes.length === 0) throw refuse(400, 'INVALID_INPUT', 'Include at least one record in a request.');
  if (nodes.length > mostRecords) {
    throw refuse(400, 'INVALID_INPUT', `Include at most ${mostRecords} records in a request.`);
  }
  if (nodes.some((node) => depth(node) > mostLevels)) {
    throw refuse(400, 'INVALID_INPUT', `Include at most ${mostLevels} levels of records in a request.`);
  }
  if (new Set(nodes.map((node) => node.object.name)).size > mostTypes) {
    throw refuse(400, 'INVALID_INPUT', `Include at most ${mostTypes} types of objects in a request.`);
  }
}

/** What the request itself has wrong, told for each record; a doubled reference id once for each place. */
function inputFailures(nodes: readonly Node[]): Failure[] {
  const count = new Map<string, number>();
  for (const { referenceId } of nodes) count.set(referenceId, (count.get(referenceId) ?? 0) + 1);
  return nodes.flatMap(({ referenceId, type, object }) => {
    const errors: OrgError[] = [];
    const wrong = (message: string) => errors.push({ errorCode: 'INVALID_INPUT', message });
    if ((count.get(referenceId) ?? 0) > 1) wrong('Duplicate ReferenceId provided in the request.');
    if (type === '') wrong('Include an entity type for each record in the request.');
    else if (type.toLowerCase() !== object.name.toLowerCase() || !object.createable) {
      wrong(`Invalid entity type provided in the request: ${type}`);
    }
    return errors.length > 0 ? [{ referenceId, errors: errors.map(collectionError) }] : [];
  });
}

function refuseIf(failures: readonly Failure[]): void {
  if (failures.length > 0) throw new TreeFailure(failures);
}
