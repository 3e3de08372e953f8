import { z } from 'zod';
import type { Reply } from '../../http/message';
import type { OrgCore } from '../core';
import { answer, fault, readEnvelope, type SoapCall, toXml } from '../soap/envelope';
import { applyField, applyObject, objectOf, remove } from './apply';
import { objectMetadataSchema } from './components';
import { startDeployment } from './deploy';
import { cancel } from './deployments';
import { deployResult } from './deployResult';
import { customFieldSchema, MetadataProblem } from './fieldMetadata';
import { describeMetadata, listMetadata, readObject } from './read';
import { retrieve } from './retrieve';
import { asList, metadataNamespace, type XmlNode } from './xml';

/** The Metadata API by SOAP, as the Salesforce CLI and jsforce use it (Metadata API guide, "File-Based Calls", "CRUD-Based Calls"). */
export function metadataApi(org: OrgCore, body: string, version: number): Reply {
  const call = readEnvelope(body);
  if (!call) return refused('UNKNOWN_EXCEPTION', 'The request is no SOAP message');
  const session = org.sessions.use(call.sessionId ?? '');
  if (!session) {
    return refused('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');
  }
  org.apiCalls++;
  try {
    return org.runAs(session.userId, () => operate(org, call, version));
  } catch (error) {
    if (error instanceof MetadataProblem) return refused('INVALID_TYPE', error.message);
    if (error instanceof z.ZodError) {
      return refused('INVALID_FIELD', error.issues[0]?.message ?? 'The arguments are not as expected');
    }
    throw error;
  }
}

const refused = (code: string, message: string): Reply => fault('sf', metadataNamespace, code, message);

const text = z.coerce.string();
const flag = z.coerce.string().transform((value) => value === 'true');

const deploySchema = z.object({
  ZipFile: text,
  DeployOptions: z
    .looseObject({ checkOnly: flag.default(false), rollbackOnError: flag.default(false) })
    .or(z.literal(''))
    .optional(),
});
const statusSchema = z.object({
  asyncProcessId: text,
  includeDetails: flag.default(false),
  includeZip: flag.default(true),
});

function operate(org: OrgCore, { operation, arguments: given }: SoapCall, version: number): Reply {
  const reply = (result: XmlNode | readonly XmlNode[] | undefined): Reply =>
    answer(metadataNamespace, operation, result);
  switch (operation) {
    case 'describeMetadata':
      return reply(toXml(describeMetadata()));
    case 'listMetadata':
      return reply(
        queries(given)
          .flatMap((type) => listMetadata(org, type))
          .map(toXml),
      );
    case 'deploy': {
      const { ZipFile, DeployOptions } = deploySchema.parse(given);
      const options = typeof DeployOptions === 'object' ? DeployOptions : {};
      const deployment = startDeployment(org, Buffer.from(ZipFile, 'base64'), {
        checkOnly: 'checkOnly' in options && options.checkOnly === true,
        rollbackOnError: 'rollbackOnError' in options && options.rollbackOnError === true,
      });
      return reply(toXml({ done: false, id: deployment.id, state: 'Queued' }));
    }
    case 'checkDeployStatus': {
      const { asyncProcessId, includeDetails } = statusSchema.parse(given);
      const deployment = org.deployments.find(asyncProcessId);
      if (!deployment) return refused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
      return reply(toXml(deployResult(org, deployment, includeDetails)));
    }
    case 'cancelDeploy': {
      const deployment = org.deployments.find(text.parse(given['String'] ?? given['id'] ?? ''));
      if (!deployment) return refused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
      cancel(deployment, org.now());
      return reply(toXml({ done: true, id: deployment.id }));
    }
    case 'retrieve':
      return reply(toXml({ done: false, id: retrieve.start(org, given), state: 'Queued' }));
    case 'checkRetrieveStatus': {
      const { asyncProcessId, includeZip } = statusSchema.parse(given);
      const result = retrieve.status(org, asyncProcessId, includeZip);
      return result
        ? reply(toXml(result))
        : refused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    }
    case 'readMetadata': {
      const records = asList(given['fullNames']).map((name) =>
        readObject(org, text.parse(given['type']), String(name)),
      );
      return reply({ records: records.map(toXml) });
    }
    case 'createMetadata':
    case 'updateMetadata':
    case 'upsertMetadata':
      return reply(asList(given['metadata']).map((entry) => toXml(save(org, operation, entry))));
    case 'deleteMetadata':
      return reply(
        asList(given['fullNames']).map((name) =>
          toXml(
            attempt(String(name), () => {
              remove(org, text.parse(given['type']), String(name));
            }),
          ),
        ),
      );
    case 'renameMetadata': {
      const { type, oldFullName, newFullName } = z
        .object({ type: text, oldFullName: text, newFullName: text })
        .parse(given);
      return reply(toXml(attempt(newFullName, () => rename(org, type, oldFullName, newFullName))));
    }
    default:
      return refused('INVALID_OPERATION', `The sandbox does not answer ${operation} (v${version})`);
  }
}

const querySchema = z.object({ type: text });

const queries = (given: SoapCall['arguments']): string[] =>
  asList(given['queries']).map((query) => querySchema.parse(query).type);

interface SaveResult {
  errors?: { message: string; statusCode: string };
  fullName: string;
  success: boolean;
  created?: boolean;
}

const entrySchema = z.looseObject({ fullName: text, '@type': z.string().optional() });

function save(org: OrgCore, operation: string, entry: unknown): SaveResult {
  const parsed = entrySchema.parse(entry);
  const { fullName } = parsed;
  const type = (parsed['@type'] ?? parsed['@xsi:type'] ?? 'CustomObject').toString().replace(/^.*:/, '');
  const exists = isThere(org, type, fullName);
  const result = attempt(fullName, () => {
    if (operation === 'createMetadata' && exists) throw new MetadataProblem(`This ${type} already exists`);
    if (operation === 'updateMetadata' && !exists)
      throw new MetadataProblem(`No ${type} named: ${fullName} found`);
    org.db.atomic(() => saveOne(org, type, fullName, entry));
  });
  if (!result.success) org.reloadSchema();
  return operation === 'upsertMetadata' && result.success ? { created: !exists, ...result } : result;
}

function saveOne(org: OrgCore, type: string, fullName: string, entry: unknown): void {
  if (type === 'CustomField') {
    const [object = '', name = ''] = fullName.split('.');
    applyField(org, object, { ...customFieldSchema.parse({ ...fieldsOf(entry), fullName: name }) });
    return;
  }
  if (type !== 'CustomObject')
    throw new MetadataProblem(`The sandbox does not keep metadata of type ${type}`);
  const meta = objectMetadataSchema.parse(entry);
  applyObject(org, fullName, meta);
  for (const field of asList(meta.fields)) applyField(org, fullName, customFieldSchema.parse(field));
}

const fieldsOf = (entry: unknown): object => (typeof entry === 'object' && entry !== null ? entry : {});

function isThere(org: OrgCore, type: string, fullName: string): boolean {
  const [object = '', field] = fullName.split('.');
  const def = objectOf(org, object);
  return type === 'CustomField'
    ? def?.fields.some((entry) => entry.name === field) === true
    : def !== undefined;
}

function rename(org: OrgCore, type: string, before: string, after: string): void {
  const object = objectOf(org, before);
  if (type !== 'CustomObject' || !object?.custom)
    throw new MetadataProblem(`No ${type} named: ${before} found`);
  if (objectOf(org, after) || !/^[A-Za-z]\w*__c$/.test(after))
    throw new MetadataProblem(`The name ${after} cannot be used`);
  org.db.renameTable(before, after);
  org.changeSchema((custom) => custom.renameObject(before, after));
}

function attempt(fullName: string, work: () => void): SaveResult {
  try {
    work();
    return { fullName, success: true };
  } catch (error) {
    if (!(error instanceof MetadataProblem)) throw error;
    const statusCode = /already exists/.test(error.message)
      ? 'DUPLICATE_DEVELOPER_NAME'
      : 'INVALID_CROSS_REFERENCE_KEY';
    return { errors: { message: error.message, statusCode }, fullName, success: false };
  }
}
