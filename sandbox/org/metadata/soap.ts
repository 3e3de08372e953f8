import { z } from 'zod';
import type { Reply } from '../../http/message';
import type { OrgCore } from '../core';
import { answer, type Fault, fault, readEnvelope, type SoapCall, sessionFault } from '../soap/envelope';
import { deleteMetadata, renameMetadata, saveMetadata } from './crud';
import { quickDeploy, startDeployment } from './deploy';
import { cancel, deployOptionsSchema } from './deployments';
import { deployResult } from './deployResult';
import { describeMetadata, listMetadata, readComponent } from './read';
import { retrievalStatus, startRetrieval } from './retrieve';
import { asList, metadataNamespace, type XmlNode } from './xml';

/** The Metadata API by SOAP, as the Salesforce CLI and jsforce use it (Metadata API guide, "File-Based Calls", "CRUD-Based Calls"). */
export function metadataApi(org: OrgCore, body: string, version: number): Reply {
  const call = readEnvelope(body);
  if (!call) return refused({ code: 'UNKNOWN_EXCEPTION', message: 'The request is no SOAP message' });
  const session = org.sessions.use(call.sessionId ?? '');
  if (!session) return refused(sessionFault(call.sessionId));
  org.apiCalls++;
  try {
    const result = org.runAs(session.userId, () => operate(org, call, version));
    return answer(metadataNamespace, call.operation, result);
  } catch (error) {
    if (error instanceof Refused) return refused(error.fault);
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0];
    const message = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`;
    return refused({ code: 'INVALID_FIELD', message });
  }
}

const refused = (problem: Fault): Reply => fault(metadataNamespace, problem);

class Refused extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

const noSuchId = (): Refused =>
  new Refused({ code: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id' });

const text = z.coerce.string();
const flag = text.transform((value) => value === 'true');

const deploySchema = z.object({
  ZipFile: text,
  DeployOptions: z.looseObject({ runTests: z.unknown().optional() }).or(z.literal('')).optional(),
});
const statusSchema = z.object({
  asyncProcessId: text,
  includeDetails: flag.default(false),
  includeZip: flag.default(true),
});
const renameSchema = z.object({ type: text, oldFullName: text, newFullName: text });
const querySchema = z.looseObject({ type: text });

function operate(org: OrgCore, call: SoapCall, version: number): XmlNode | readonly XmlNode[] {
  const { operation, arguments: given } = call;
  switch (operation) {
    case 'describeMetadata':
      return describeMetadata;
    case 'listMetadata':
      return asList(given['queries'])
        .flatMap((query) => listMetadata(org, querySchema.parse(query).type))
        .map((entry) => ({ ...entry }));
    case 'deploy': {
      const { ZipFile, DeployOptions } = deploySchema.parse(given);
      const options = deployOptionsOf(DeployOptions);
      const { id } = startDeployment(org, Buffer.from(ZipFile, 'base64'), options);
      return { done: false, id, state: 'Queued' };
    }
    case 'deployRecentValidation': {
      const deployment = quickDeploy(org, text.parse(given['validationId']));
      if (!deployment) throw noSuchId();
      return deployment.id;
    }
    case 'checkDeployStatus': {
      const { asyncProcessId, includeDetails } = statusSchema.parse(given);
      const deployment = org.deployments.find(asyncProcessId);
      if (!deployment) throw noSuchId();
      return deployResult(org, deployment, includeDetails);
    }
    case 'cancelDeploy': {
      const deployment = org.deployments.find(text.parse(given['String'] ?? given['id'] ?? ''));
      if (!deployment) throw noSuchId();
      cancel(deployment, org.userId, org.now());
      return { done: true, id: deployment.id };
    }
    case 'retrieve':
      return { done: false, id: startRetrieval(org, given), state: 'Queued' };
    case 'checkRetrieveStatus': {
      const { asyncProcessId, includeZip } = statusSchema.parse(given);
      const result = retrievalStatus(org, asyncProcessId, includeZip);
      if (result === null) throw noSuchId();
      return result;
    }
    default:
      return operateAtOnce(org, call, version);
  }
}

/** The calls that need no second one to ask for the outcome. */
function operateAtOnce(org: OrgCore, { operation, arguments: given }: SoapCall, version: number) {
  switch (operation) {
    case 'createMetadata':
    case 'updateMetadata':
    case 'upsertMetadata':
      return asList(given['metadata']).map((entry) => saveMetadata(org, operation, entry));
    case 'deleteMetadata': {
      const type = text.parse(given['type']);
      return asList(given['fullNames']).map((name) => deleteMetadata(org, type, String(name)));
    }
    case 'renameMetadata': {
      const { type, oldFullName, newFullName } = renameSchema.parse(given);
      return renameMetadata(org, type, oldFullName, newFullName);
    }
    case 'readMetadata': {
      const type = text.parse(given['type']);
      const records = asList(given['fullNames']).map((name): XmlNode => {
        const found = readComponent(org, type, String(name));
        return found && { '@xsi:type': type, ...found };
      });
      return { records };
    }
    default: {
      const message = `The sandbox does not answer ${operation}() in version ${version.toFixed(1)}`;
      throw new Refused({ code: 'INVALID_OPERATION', message });
    }
  }
}

/** In XML every option is a text, and no option at all is an empty one. SOAP's default is to keep what went well. */
function deployOptionsOf(given: z.output<typeof deploySchema>['DeployOptions']) {
  const { runTests, testLevel, ...flags } = typeof given === 'object' ? given : {};
  const truths = Object.entries(flags).map(([name, value]): [string, boolean] => [name, value === 'true']);
  return deployOptionsSchema.parse({
    rollbackOnError: false,
    ...Object.fromEntries(truths),
    runTests: runTests === undefined ? null : asList(runTests).map(String),
    testLevel: typeof testLevel === 'string' ? testLevel : null,
  });
}
