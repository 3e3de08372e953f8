import { z } from 'zod';
import { parseJson } from '../../http/message';
import type { OrgCore } from '../core';
import { notFound, refuse } from '../errors';
import { methodNotAllowed, type RestCall, type RestReply, reply, type Upload } from '../rest/call';
import { quickDeploy, startDeployment } from './deploy';
import { cancel, type Deployment, type DeployOptions, deployOptionsSchema } from './deployments';
import { deployResultJson } from './deployResult';

const formSchema = z.object({ deployOptions: deployOptionsSchema.prefault({}) });
const quickSchema = z.object({ validatedDeployRequestId: z.string() });
const cancelSchema = z.object({ deployResult: z.object({ status: z.literal('Canceling') }) });

/** `metadata/deployRequest`: deploying by REST (Metadata API guide, "Deploying with REST"). */
export function deployRequest(org: OrgCore, call: RestCall): RestReply {
  const [, resource, id] = call.segments;
  if (resource !== 'deployRequest') throw notFound();
  if (id === undefined) {
    if (call.method !== 'POST') throw methodNotAllowed(call, ['POST']);
    return reply(201, shown(org, start(org, call), false));
  }
  const deployment = org.deployments.find(id);
  if (!deployment) throw notFound();
  switch (call.method) {
    case 'GET':
      return reply(200, shown(org, deployment, call.query.get('includeDetails') === 'true'));
    case 'PATCH':
      if (!cancelSchema.safeParse(call.body).success) {
        throw refuse(400, 'INVALID_INPUT', 'The status can only be changed to Canceling');
      }
      cancel(deployment, org.userId, org.now());
      return reply(202, shown(org, deployment, false));
    default:
      throw methodNotAllowed(call, ['GET', 'PATCH']);
  }
}

/** An archive that comes as a form, or one that was checked before. */
function start(org: OrgCore, call: RestCall): Deployment {
  const quick = quickSchema.safeParse(call.body);
  if (!quick.success) {
    const { options, archive } = readForm(call.upload);
    return startDeployment(org, archive, options);
  }
  const deployment = quickDeploy(org, quick.data.validatedDeployRequestId);
  if (deployment) return deployment;
  throw refuse(400, 'INVALID_ID_FIELD', 'The deploy request is not one that was validated successfully');
}

const shown = (org: OrgCore, deployment: Deployment, details: boolean): unknown => ({
  id: deployment.id,
  validatedDeployRequestId: deployment.validatedId,
  deployOptions: deployment.status === 'Pending' ? deployment.options : null,
  deployResult: deployResultJson(org, deployment, details),
});

/** A form of two parts: the options as JSON and the archive. */
function readForm(upload: Upload | undefined): { options: DeployOptions; archive: Buffer } {
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
    const part = Buffer.from(content, 'latin1');
    // Some clients give both parts a file name.
    if (/application\/json/i.test(head)) options = parseJson(part.toString('utf8'));
    else if (/filename=|application\/zip/i.test(head)) archive = part;
    else if (/name="(?:json|entity_content)"/i.test(head)) options = parseJson(part.toString('utf8'));
  }
  const parsed = formSchema.safeParse(options ?? {});
  if (!archive || !parsed.success) {
    throw refuse(400, 'INVALID_MULTIPART_REQUEST', 'The request needs deployOptions as JSON and a zip file');
  }
  return { options: parsed.data.deployOptions, archive };
}
