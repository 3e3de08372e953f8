import { z } from 'zod';
import type { Automation } from './dml/automation';
import type { UserPermission, ValidationRule } from './dml/context';
import type { DuplicateRule } from './dml/duplicates';
import { everythingDeployed, type FieldSwitches } from './schema';
import type { Multicurrency } from './schema/currency';
import { type OrderStatusDef, standardOrderStatuses } from './schema/orders';

/** What a person types into Puente to sign in. */
export interface OrgCredentials {
  username: string;
  password: string;
  /** Appended to the password when set. */
  securityToken: string;
  clientId: string;
  clientSecret: string;
}

/** What can be changed while the org runs. */
export const orgSwitchesSchema = z.object({
  /** `blocked` is how orgs created since Summer '23 come (research/salesforce.md 1.1). */
  passwordFlow: z.enum(['allowed', 'blocked']),
  /** A session dies when it is not used for so long. */
  sessionTimeoutMs: z.number().int().positive(),
  dailyApiLimit: z.number().int().nonnegative(),
  /** How a failed graph is told: every node repeats the cause (seen in v50), or the others say halted. */
  graphErrors: z.enum(['repeat', 'halted']),
  /** `connection`: the line is dead. `maintenance`: 503 for everything. */
  down: z.enum(['no', 'connection', 'maintenance']),
});
export type OrgSwitches = z.infer<typeof orgSwitchesSchema>;

export interface OrgOptions {
  credentials: OrgCredentials;
  name: string;
  timeZone: string;
  /** What the token answer calls `instance_url`, when it is not the login address. */
  instanceUrl: string | null;
  orderStatuses: readonly OrderStatusDef[];
  fields: FieldSwitches;
  /** `null`: the org has one currency and shows no currency fields. */
  multicurrency: Multicurrency | null;
  validationRules: readonly ValidationRule[];
  duplicateRules: readonly DuplicateRule[];
  /** The customer's own triggers. */
  automations: readonly Automation[];
  /** What the integration user's profile does not allow. */
  deniedPermissions: readonly UserPermission[];
  /** Order Settings in Setup; both are off in a new org. */
  orderSettings: { negativeQuantity: boolean; zeroQuantity: boolean };
  /** False for a record that the integration user cannot see, and of which errors therefore tell nothing. */
  sees: (object: string, id: string) => boolean;
  switches: OrgSwitches;
}

export const defaultOrgOptions: OrgOptions = {
  credentials: {
    username: 'integracion@santelmo.example',
    password: 'Mayorista2026',
    securityToken: '',
    clientId: '3MVG9PuenteSandbox.ConnectedApp_0001',
    clientSecret: 'A1B2C3D4E5F60718293A4B5C6D7E8F90',
  },
  name: 'Mayorista San Telmo',
  timeZone: 'America/Argentina/Buenos_Aires',
  instanceUrl: null,
  orderStatuses: standardOrderStatuses,
  fields: everythingDeployed,
  multicurrency: null,
  validationRules: [],
  duplicateRules: [],
  automations: [],
  deniedPermissions: [],
  orderSettings: { negativeQuantity: false, zeroQuantity: false },
  sees: () => true,
  switches: {
    passwordFlow: 'allowed',
    sessionTimeoutMs: 2 * 60 * 60 * 1000,
    dailyApiLimit: 100_000,
    graphErrors: 'repeat',
    down: 'no',
  },
};
