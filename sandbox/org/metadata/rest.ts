import { z } from 'zod';
import { parseJson } from '../../http/message';
import type { OrgCore } from '../core';
import { notFound, refuse } from '../errors';
import { methodNotAllowed, type RestCall, type RestReply, reply, type Upload } from '../rest/call';
import { startDeployment } from './deploy';
import { cancel } from './deployments';
import { deployResult } from './deployResult';

const optionsSchema = z.object({
  deployOptions: z
    .looseObject({ checkOnly: z.boolean().default(false), rollbackOnError: z.boolean().default(true) })
    .prefault({}),
});

/** `metadata/deployRequest`: deploying by REST (Metadata API guide, "Deploying with REST"). */
export function deployRequest(org: OrgCore, call: RestCall): RestReply {
  const [, resource, id] = call.segments;
  if (resource !== 'deployRequest') throw notFound();
  if (id === undefined) {
    if (call.method !== 'POST') throw methodNotAllowed(call, ['POST']);
    const { options, archive } = readForm(call.upload);
    const deployment = startDeployment(org, archive, options);
    return reply(201, {
      validatedDeployRequestId: null,
      id: deployment.id,
      deployOptions: options,
      deployResult: deployResult(org, deployment, false),
    });
  }
  const deployment = org.deployments.find(id);
  if (!deployment) throw notFound();
  if (call.method === 'PATCH') cancel(deployment, org.now());
  else if (call.method !== 'GET') throw methodNotAllowed(call, ['GET', 'PATCH']);
  const details = call.query.get('includeDetails') === 'true';
  return reply(call.method === 'PATCH' ? 202 : 200, {
    id: deployment.id,
    validatedDeployRequestId: null,
    deployOptions: deployment.options,
    deployResult: deployResult(org, deployment, details),
  });
}

/** A form of two parts: the options as JSON and the archive. */
function readForm(upload: Upload | undefined): {
  options: z.output<typeof optionsSchema>['deployOptions'];
  archive: Buffer;
} {
  const boundary = /boundary="?([^";]+)"?/i.exec(upload?.contentType ?? '')?.[1];
  if (!upload || boundary === undefined) {
    throw refuse(415, 'UNSUPPORTED_MEDIA_TYPE', 'The request has to be multipart/form-data');
  }
  const binary = upload.bytes.toString('latin1');
  let archive: Buffer | null = null;
  let options: unknown = {};
  for (const piece of binary.split(`--${boundary}`)) {
    const gap = /\r?\n\r?\n/.exec(piece);
    if (!gap) continue;
    const head = piece.slice(0, gap.index);
    const content = piece.slice(gap.index + gap[0].length).replace(/\r?\n$/, '');
    if (/filename=/i.test(head) || /application\/zip/i.test(head)) archive = Buffer.from(content, 'latin1');
    else if (/json/i.test(head)) options = parseJson(Buffer.from(content, 'latin1').toString('utf8'));
  }
  const parsed = optionsSchema.safeParse(options ?? {});
  if (!archive || !parsed.success) {
    throw refuse(400, 'INVALID_MULTIPART_REQUEST', 'The request needs deployOptions as JSON and a zip file');
  }
  return { options: parsed.data.deployOptions, archive };
}
