import type { OrgCore } from '../core';
import { applyComponent } from './apply';
import { unpack } from './archive';
import { type Component, componentsOf } from './components';
import type { ComponentResult, Deployment, DeployOptions } from './deployments';
import { MetadataProblem } from './fieldMetadata';

/** Takes an archive in and works through it a little later, as an org does. */
export function startDeployment(org: OrgCore, archive: Uint8Array, options: DeployOptions): Deployment {
  const deployment = org.deployments.add(org.userId, org.now(), options);
  org.after(org.options.switches.deployDelayMs, () => {
    if (deployment.status === 'Pending') org.runAs(deployment.userId, () => run(org, deployment, archive));
  });
  return deployment;
}

class RollBack extends Error {}

function run(org: OrgCore, deployment: Deployment, archive: Uint8Array): void {
  deployment.started = org.now();
  deployment.status = 'InProgress';
  try {
    const components = componentsOf(unpack(archive));
    org.db.atomic(() => {
      deployment.results = components.map((component) => deployOne(org, component));
      const failed = deployment.results.some((result) => result.problem !== null);
      deployment.status = failed
        ? deployment.options.rollbackOnError
          ? 'Failed'
          : 'SucceededPartial'
        : 'Succeeded';
      if (deployment.options.checkOnly || deployment.status === 'Failed') throw new RollBack();
    });
  } catch (error) {
    if (error instanceof MetadataProblem) {
      deployment.status = 'Failed';
      deployment.errorMessage = error.message;
    } else if (!(error instanceof RollBack)) throw error;
    org.reloadSchema();
  }
  deployment.completed = org.now();
}

function deployOne(org: OrgCore, component: Component): ComponentResult {
  const { fileName, fullName } = component;
  const componentType =
    component.type === 'Delete' || component.type === 'Problem' ? component.metadataType : component.type;
  const result = { componentType, fullName, fileName };
  try {
    return { ...result, ...org.db.atomic(() => applyComponent(org, component)), problem: null };
  } catch (error) {
    if (!(error instanceof MetadataProblem)) throw error;
    org.reloadSchema();
    return { ...result, created: false, changed: false, deleted: false, problem: error.message };
  }
}
