import type { OrgCore } from '../core';
import { applyComponent } from './apply';
import { unpack } from './archive';
import type { Component } from './components';
import { type ComponentResult, type Deployment, type DeployOptions, done } from './deployments';
import { componentsOf } from './manifest';
import { MetadataProblem } from './problem';

/** Takes an archive in; it waits for a while and is worked on for a while, as in an org. */
export function startDeployment(
  org: OrgCore,
  archive: Uint8Array,
  options: DeployOptions,
  validatedId: string | null = null,
): Deployment {
  const created = org.now();
  const deployment = org.deployments.add({ archive, options, validatedId, userId: org.userId, created });
  const half = org.options.switches.deployDelayMs / 2;
  const finish = (): void => {
    if (deployment.status === 'InProgress') org.runAs(deployment.userId, () => run(org, deployment));
  };
  org.after(half, () => {
    if (deployment.status !== 'Pending') return;
    deployment.status = 'InProgress';
    deployment.started = org.now();
    if (half === 0) finish();
    else org.after(half, finish);
  });
  return deployment;
}

/** Deploys what a check has found good, without checking it again; `null` where there was no such check. */
export function quickDeploy(org: OrgCore, id: string): Deployment | null {
  const checked = org.deployments.find(id);
  if (!checked?.options.checkOnly || checked.status !== 'Succeeded') return null;
  return startDeployment(org, checked.archive, { ...checked.options, checkOnly: false }, checked.id);
}

class RollBack extends Error {}

const unexpected = 'UNKNOWN_EXCEPTION: An unexpected error occurred.';

function run(org: OrgCore, deployment: Deployment): void {
  try {
    const { files, folder } = unpack(deployment.archive);
    deployment.manifest = `${folder}package.xml`;
    const components = componentsOf(files, folder);
    org.db.atomic(() => {
      deployment.results = components.map((component) => deployOne(org, component));
      deployment.status = statusOf(deployment);
      if (deployment.options.checkOnly || deployment.status === 'Failed') throw new RollBack();
    });
  } catch (error) {
    if (error instanceof MetadataProblem) {
      deployment.status = 'Failed';
      deployment.results = [wholeFailure(deployment, error)];
    } else if (!(error instanceof RollBack)) {
      console.error('sandbox: a deployment failed', error);
      deployment.status = 'Failed';
      deployment.results = [wholeFailure(deployment, new MetadataProblem(unexpected))];
    }
    org.reloadSchema();
  }
  deployment.completed = org.now();
}

function statusOf({ results, options }: Deployment): Deployment['status'] {
  const failed = results.some((result) => result.problem !== null && result.severity === 'Error');
  if (!failed) return 'Succeeded';
  return options.rollbackOnError ? 'Failed' : 'SucceededPartial';
}

function deployOne(org: OrgCore, component: Component): ComponentResult {
  const { fileName, fullName, position } = component;
  const componentType = 'metadataType' in component ? component.metadataType : component.type;
  const result = { componentType, fullName, fileName, position, severity: 'Error' as const };
  try {
    return { ...result, ...org.db.atomic(() => applyComponent(org, component)), problem: null };
  } catch (error) {
    if (!(error instanceof MetadataProblem)) throw error;
    org.reloadSchema();
    return { ...result, ...done({}), problem: error.message, severity: error.severity };
  }
}

const wholeFailure = ({ manifest }: Deployment, problem: MetadataProblem): ComponentResult => ({
  ...done({}),
  componentType: '',
  fullName: 'package.xml',
  fileName: manifest,
  position: null,
  problem: problem.message,
  severity: 'Error',
});
