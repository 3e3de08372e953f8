import { z } from 'zod';
import type { OrgCore } from '../core';
import { insertRecord } from '../dml/dml';
import { notFound, type OrgError, OrgException, refuse } from '../errors';
import type { ObjectDef } from '../schema/types';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { parseBody } from './subrequest';

/** Limits of sObject Tree (REST API guide, "sObject Tree"). */
const mostRecords = 200;
const mostLevels = 5;
const mostTypes = 5;

const attributesSchema = z.object({ type: z.string(), referenceId: z.string().regex(/^\w+$/) });
const nodeSchema = z.looseObject({ attributes: attributesSchema });
const treeSchema = z.object({ records: z.array(nodeSchema).min(1) });
const childrenSchema = z.object({ records: z.array(nodeSchema) });

/** A record of the tree, with the field by which it hangs on its parent. */
interface Node {
  referenceId: string;
  object: ObjectDef;
  fields: Record<string, unknown>;
  parent: { referenceId: string; field: string } | null;
}

class TreeFailure extends Error {
  constructor(
    readonly referenceId: string,
    readonly errors: readonly OrgError[],
  ) {
    super('tree failed');
  }
}

/** POST composite/tree/X: records with their children, all or nothing. 201, or 400 with the first failure. */
export function tree(org: OrgCore, call: RestCall): RestReply {
  if (call.method !== 'POST') throw methodNotAllowed(call, ['POST']);
  const object = org.schema.object(call.segments[2] ?? '');
  if (!object) throw notFound();
  const nodes = flatten(org, object, parseBody(treeSchema, call.body).records, null, 1);
  checkLimits(nodes);
  const rules = org.rules(call);
  try {
    const ids = new Map<string, string>();
    org.db.atomic(() => {
      for (const { referenceId, object: own, fields, parent } of nodes) {
        const link = parent ? { [parent.field]: ids.get(parent.referenceId) } : {};
        try {
          ids.set(referenceId, insertRecord(rules, own, { ...fields, ...link }));
        } catch (error) {
          if (!(error instanceof OrgException)) throw error;
          throw new TreeFailure(referenceId, error.errors);
        }
      }
    });
    const results = [...ids].map(([referenceId, id]) => ({ referenceId, id }));
    return reply(201, { hasErrors: false, results });
  } catch (error) {
    if (!(error instanceof TreeFailure)) throw error;
    const errors = error.errors.map(({ errorCode, message, fields = [] }) => ({
      statusCode: errorCode,
      message,
      fields,
    }));
    return reply(400, { hasErrors: true, results: [{ referenceId: error.referenceId, errors }] });
  }
}

/** Parents before their children. */
function flatten(
  org: OrgCore,
  object: ObjectDef,
  records: readonly z.infer<typeof nodeSchema>[],
  parent: Node['parent'],
  level: number,
): Node[] {
  if (level > mostLevels) {
    throw refuse(400, 'INVALID_INPUT', `Include at most ${mostLevels} levels of records in a request.`);
  }
  return records.flatMap(({ attributes, ...rest }) => {
    if (attributes.type.toLowerCase() !== object.name.toLowerCase()) {
      throw refuse(400, 'INVALID_INPUT', `All records must be of type ${object.name}.`);
    }
    const fields: Record<string, unknown> = {};
    const children: Node[] = [];
    for (const [name, value] of Object.entries(rest)) {
      const relation = org.schema.child(object, name);
      if (!relation) {
        fields[name] = value;
        continue;
      }
      const nested = parseBody(childrenSchema, value).records;
      const link = { referenceId: attributes.referenceId, field: relation.field.name };
      children.push(...flatten(org, relation.object, nested, link, level + 1));
    }
    return [{ referenceId: attributes.referenceId, object, fields, parent }, ...children];
  });
}

function checkLimits(nodes: readonly Node[]): void {
  if (nodes.length > mostRecords) {
    throw refuse(400, 'INVALID_INPUT', `Include at most ${mostRecords} records in a request.`);
  }
  if (new Set(nodes.map((node) => node.object.name)).size > mostTypes) {
    throw refuse(400, 'INVALID_INPUT', `Include at most ${mostTypes} types of objects in a request.`);
  }
  const seen = new Set<string>();
  for (const { referenceId } of nodes) {
    if (seen.has(referenceId)) {
      throw refuse(400, 'INVALID_INPUT', `Duplicate ReferenceId provided in the request: ${referenceId}.`);
    }
    seen.add(referenceId);
  }
}
