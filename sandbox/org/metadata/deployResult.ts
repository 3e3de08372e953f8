import type { OrgCore } from '../core';
import { fullName } from '../users';
import { orgDatetime } from '../values';
import type { ComponentResult, Deployment } from './deployments';
import type { XmlNode } from './xml';

/** What both APIs tell of a deployment. */
function figuresOf(org: OrgCore, deployment: Deployment) {
  const { results, status, options, completed, started, created } = deployment;
  // A failure of the whole, such as a missing manifest, is no component.
  const components = results.filter((result) => result.fullName !== 'package.xml');
  const failed = components.filter((result) => result.problem !== null && result.severity === 'Error');
  const nameOf = (id: string): string => {
    const user = org.users.byId(id);
    return user ? fullName(user) : '';
  };
  const manifest: ComponentResult = {
    componentType: '',
    fullName: 'package.xml',
    fileName: deployment.manifest,
    position: null,
    created: false,
    changed: true,
    deleted: false,
    id: '',
    problem: null,
    severity: 'Error',
  };
  const bad = results.filter((result) => result.problem !== null && result.severity === 'Error');
  const good = results.filter((result) => result.problem === null || result.severity === 'Warning');
  return {
    bad,
    good: completed !== null && components.length > 0 ? [...good, manifest] : good,
    total: components.length,
    deployed: components.length - failed.length,
    failed: failed.length,
    by: deployment.userId.slice(0, 15),
    byName: nameOf(deployment.userId),
    canceledBy: deployment.canceledById?.slice(0, 15) ?? null,
    canceledByName: deployment.canceledById === null ? null : nameOf(deployment.canceledById),
    modified: completed ?? started ?? created,
    runsTests: options.testLevel !== null && options.testLevel !== 'NoTestRun',
    success: status === 'Succeeded',
    done: completed !== null,
  };
}

const second = (ms: number): number => Math.floor(ms / 1000) * 1000;
const iso = (ms: number | null): string | undefined =>
  ms === null ? undefined : new Date(second(ms)).toISOString();

/** A deployment as checkDeployStatus tells it (Metadata API guide, "DeployResult"; order as recorded). */
export function deployResult(org: OrgCore, deployment: Deployment, details: boolean): XmlNode {
  const { status, options, completed, started, created } = deployment;
  const figures = figuresOf(org, deployment);
  const messages = (results: readonly ComponentResult[]): XmlNode[] =>
    results.map((result) => message(result, completed ?? created));
  return {
    canceledBy: figures.canceledBy ?? undefined,
    canceledByName: figures.canceledByName ?? undefined,
    checkOnly: options.checkOnly,
    completedDate: iso(completed),
    createdBy: figures.by,
    createdByName: figures.byName,
    createdDate: iso(created),
    details: details
      ? {
          componentFailures: messages(figures.bad),
          componentSuccesses: messages(figures.good),
          runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: '0.0' },
        }
      : undefined,
    done: figures.done,
    id: deployment.id,
    ignoreWarnings: options.ignoreWarnings,
    lastModifiedDate: iso(figures.modified),
    numberComponentErrors: figures.failed,
    numberComponentsDeployed: figures.deployed,
    numberComponentsTotal: figures.total,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: figures.runsTests,
    startDate: iso(started),
    status,
    success: figures.success,
  };
}

function message(result: ComponentResult, when: number): XmlNode {
  const failed = result.problem !== null;
  return {
    changed: result.changed || result.deleted,
    columnNumber: failed ? result.position?.column : undefined,
    componentType: result.componentType,
    created: result.created,
    createdDate: iso(when),
    deleted: result.deleted,
    fileName: result.fileName,
    fullName: result.fullName,
    id: result.id === '' ? undefined : result.id,
    lineNumber: failed ? result.position?.line : undefined,
    problem: result.problem ?? undefined,
    problemType: failed ? result.severity : undefined,
    success: !failed || result.severity === 'Warning',
  };
}

const stamp = (ms: number | null): string | null => (ms === null ? null : orgDatetime(second(ms)));

/** The same as REST tells it, every key in the order of a recorded answer. */
export function deployResultJson(org: OrgCore, deployment: Deployment, details: boolean): unknown {
  const { status, options, completed, started, created } = deployment;
  const figures = figuresOf(org, deployment);
  const messages = (results: readonly ComponentResult[]): unknown[] =>
    results.map((result) => messageJson(result, completed ?? created));
  return {
    id: deployment.id,
    messages: null,
    retrieveResult: null,
    success: figures.success,
    checkOnly: options.checkOnly,
    ignoreWarnings: options.ignoreWarnings,
    rollbackOnError: options.rollbackOnError,
    status,
    numberComponentsDeployed: figures.deployed,
    numberComponentsTotal: figures.total,
    numberComponentErrors: figures.failed,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    numberTestErrors: 0,
    details: details
      ? {
          componentFailures: messages(figures.bad),
          componentSuccesses: messages(figures.good),
          retrieveResult: null,
          allComponentMessages: messages([...figures.bad, ...figures.good]),
          runTestResult: noTests,
        }
      : null,
    createdDate: stamp(created),
    startDate: stamp(started),
    lastModifiedDate: stamp(figures.modified),
    completedDate: stamp(completed),
    errorStatusCode: null,
    errorMessage: null,
    stateDetail: null,
    createdBy: figures.by,
    createdByName: figures.byName,
    canceledBy: figures.canceledBy,
    canceledByName: figures.canceledByName,
    done: figures.done,
    runTestsEnabled: figures.runsTests,
    runTestResult: null,
  };
}

const noTests = {
  successes: [],
  failures: [],
  totalTime: 0,
  apexLogId: null,
  flowCoverage: [],
  numFailures: 0,
  codeCoverage: [],
  codeCoverageWarnings: [],
  flowCoverageWarnings: [],
  numTestsRun: 0,
};

function messageJson(result: ComponentResult, when: number): unknown {
  const failed = result.problem !== null;
  return {
    componentType: result.componentType,
    fileName: result.fileName,
    fullName: result.fullName,
    id: result.id === '' ? null : result.id,
    problem: result.problem,
    success: !failed || result.severity === 'Warning',
    warning: failed && result.severity === 'Warning',
    created: result.created,
    changed: result.changed || result.deleted,
    deleted: result.deleted,
    lineNumber: failed ? (result.position?.line ?? null) : null,
    columnNumber: failed ? (result.position?.column ?? null) : null,
    requiresProductionTestRun: false,
    createdDate: stamp(when),
    knownPackagingProblem: false,
    forPackageManifestFile: result.fullName === 'package.xml',
    problemType: failed ? result.severity : null,
  };
}
