import { z } from 'zod';
import { notFound, refuse } from '../errors';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { parseBody } from './subrequest';

const triggerSchema = z.object({ contextIds: z.array(z.string()).min(1) });

/**
 * process/rules and process/approvals: the org has neither workflow rules nor approval processes (REST API guide,
 * "Process Rules" and "Process Approvals").
 */
export function processes(call: RestCall): RestReply {
  const [, kind, object] = call.segments;
  if (kind !== 'rules' && kind !== 'approvals') throw notFound();
  if (call.method === 'GET') return reply(200, { [kind]: {} });
  if (call.method !== 'POST' || object !== undefined) throw methodNotAllowed(call, ['GET', 'POST']);
  if (kind === 'approvals') {
    throw refuse(400, 'NO_APPLICABLE_PROCESS', 'No applicable approval process was found.');
  }
  parseBody(triggerSchema, call.body);
  return reply(200, { errors: null, success: true });
}
