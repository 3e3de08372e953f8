import { z } from 'zod';
import { makeId } from '../ids';

const flag = z.boolean().default(false);

/** What can be asked of a deployment (Metadata API guide, "DeployOptions"). */
export const deployOptionsSchema = z.object({
  allowMissingFiles: flag,
  autoUpdatePackage: flag,
  checkOnly: flag,
  ignoreWarnings: flag,
  performRetrieve: flag,
  purgeOnDelete: flag,
  rollbackOnError: z.boolean().default(true),
  runTests: z.array(z.string()).nullable().default(null),
  singlePackage: flag,
  testLevel: z.string().nullable().default(null),
});
export type DeployOptions = z.output<typeof deployOptionsSchema>;

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
  id: string;
}

export const done = (changes: Partial<Applied>): Applied => ({
  created: false,
  changed: false,
  deleted: false,
  id: '',
  ...changes,
});

export interface ComponentResult extends Applied {
  componentType: string;
  fullName: string;
  fileName: string;
  position: { line: number; column: number } | null;
  /** `null` when it went well. */
  problem: string | null;
  severity: 'Error' | 'Warning';
}

export interface Deployment {
  id: string;
  archive: Uint8Array;
  options: DeployOptions;
  /** The one that was checked before, where this is its quick deployment. */
  validatedId: string | null;
  status: DeployStatus;
  userId: string;
  canceledById: string | null;
  created: number;
  started: number | null;
  completed: number | null;
  results: ComponentResult[];
  manifest: string;
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

  add(given: Pick<Deployment, 'archive' | 'options' | 'validatedId' | 'userId' | 'created'>): Deployment {
    const deployment: Deployment = {
      ...given,
      id: makeId('0Af', this.all.size + 1),
      status: 'Pending',
      canceledById: null,
      started: null,
      completed: null,
      results: [],
      manifest: 'package.xml',
    };
    this.all.set(deployment.id, deployment);
    return deployment;
  }
}

/** Stops what has not come to its end yet. */
export function cancel(deployment: Deployment, userId: string, now: number): void {
  if (deployment.completed !== null) return;
  deployment.status = 'Canceled';
  deployment.canceledById = userId;
  deployment.completed = now;
}
