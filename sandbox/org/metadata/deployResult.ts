import type { OrgCore } from '../core';
import { fullName } from '../users';
import type { ComponentResult, Deployment } from './deployments';

const iso = (ms: number | null): string | undefined => (ms === null ? undefined : new Date(ms).toISOString());

/** A deployment as checkDeployStatus tells it (Metadata API guide, "DeployResult"). */
export function deployResult(
  org: OrgCore,
  deployment: Deployment,
  details: boolean,
): Record<string, unknown> {
  const { results, status, options } = deployment;
  const failures = results.filter((result) => result.problem !== null);
  const successes = results.filter((result) => result.problem === null);
  const user = org.users.byId(deployment.userId);
  return {
    checkOnly: options.checkOnly,
    completedDate: iso(deployment.completed),
    createdBy: deployment.userId.slice(0, 15),
    createdByName: user ? fullName(user) : '',
    createdDate: iso(deployment.created),
    ...(details
      ? {
          details: {
            componentFailures: failures.map((result) => component(deployment, result)),
            componentSuccesses: [
              ...successes.map((result) => component(deployment, result)),
              component(deployment, {
                componentType: '',
                fullName: 'package.xml',
                fileName: 'package.xml',
                created: false,
                changed: true,
                deleted: false,
                problem: null,
              }),
            ],
            runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
          },
        }
      : {}),
    done: deployment.completed !== null,
    ...(deployment.errorMessage === null
      ? {}
      : { errorMessage: deployment.errorMessage, errorStatusCode: 'UNKNOWN_EXCEPTION' }),
    id: deployment.id,
    ignoreWarnings: false,
    lastModifiedDate: iso(deployment.completed ?? deployment.started ?? deployment.created),
    numberComponentErrors: failures.length,
    numberComponentsDeployed: successes.length,
    numberComponentsTotal: results.length,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: false,
    startDate: iso(deployment.started),
    status,
    success: status === 'Succeeded',
  };
}

function component(deployment: Deployment, result: ComponentResult): Record<string, unknown> {
  return {
    changed: result.changed || result.created || result.deleted,
    componentType: result.componentType,
    created: result.created,
    createdDate: iso(deployment.completed ?? deployment.created),
    deleted: result.deleted,
    fileName: result.fileName,
    fullName: result.fullName,
    ...(result.problem === null ? {} : { problem: result.problem, problemType: 'Error' }),
    success: result.problem === null,
  };
}
