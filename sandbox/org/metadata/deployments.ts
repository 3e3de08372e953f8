import { makeId } from '../ids';

export interface DeployOptions {
  checkOnly: boolean;
  rollbackOnError: boolean;
}

export type DeployStatus =
  | 'Pending'
  | 'InProgress'
  | 'Succeeded'
  | 'SucceededPartial'
  | 'Failed'
  | 'Canceled';

/** What happened to a component that could be deployed. */
export interface Applied {
  created: boolean;
  changed: boolean;
  deleted: boolean;
}

export interface ComponentResult extends Applied {
  componentType: string;
  fullName: string;
  fileName: string;
  /** `null` when it went well. */
  problem: string | null;
}

export interface Deployment {
  id: string;
  options: DeployOptions;
  status: DeployStatus;
  userId: string;
  created: number;
  started: number | null;
  completed: number | null;
  results: ComponentResult[];
  errorMessage: string | null;
}

/** Deployments of the running org, oldest first. */
export class Deployments {
  private readonly all = new Map<string, Deployment>();

  find(id: string): Deployment | undefined {
    return [...this.all.values()].find((entry) => entry.id.slice(0, 15) === id.slice(0, 15));
  }

  clear(): void {
    this.all.clear();
  }

  add(userId: string, created: number, options: DeployOptions): Deployment {
    const deployment: Deployment = {
      id: makeId('0Af', this.all.size + 1),
      options,
      status: 'Pending',
      userId,
      created,
      started: null,
      completed: null,
      results: [],
      errorMessage: null,
    };
    this.all.set(deployment.id, deployment);
    return deployment;
  }
}

export function cancel(deployment: Deployment, now: number): void {
  if (deployment.status !== 'Pending') return;
  deployment.status = 'Canceled';
  deployment.completed = now;
}
