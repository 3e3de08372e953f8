import { z } from 'zod';
import type { OrgCore } from '../core';
import { notFound, refuse } from '../errors';
import { normaliseId } from '../ids';
import { type RestCall, type RestReply, reply } from './call';
import { fieldsNamed, recordOf } from './record';
import { parseBody } from './subrequest';

/** So many records at once (REST API guide, "Get Records Using sObject Collections with a Request Body"). */
const mostRetrieved = 2000;

const retrieveSchema = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

/** GET or POST composite/sobjects/X: several records by their ids, `null` in the place of one that is not there. */
export function retrieve(org: OrgCore, call: RestCall, name: string): RestReply {
  const object = org.schema.object(name);
  if (!object) throw notFound();
  const { ids, fields } =
    call.method === 'POST'
      ? parseBody(retrieveSchema, call.body)
      : { ids: listOf(call.query.get('ids')), fields: listOf(call.query.get('fields')) };
  if (ids.length > mostRetrieved) {
    throw refuse(400, 'EXCEEDED_ID_LIMIT', `The number of ids is more than ${mostRetrieved}`);
  }
  const columns = fieldsNamed(org, object, fields);
  return reply(
    200,
    ids.map((text) => {
      const id = normaliseId(text);
      const row = id === null ? undefined : org.records.get(object, id);
      return row && row['IsDeleted'] !== 1 ? recordOf(org, object, row, columns, call.version) : null;
    }),
  );
}

const listOf = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
