import type { Problem, Result } from '../../../contract/problem';
import type { OrderRules } from '../../../contract/rules';
import type { OrgSettings, VerifyStep } from '../../../contract/settings';
import type { Org } from '../../engine/ports';
import type { Profile } from '../profile';
import type { Session } from '../session/session';
import {
  type CheckContext,
  checkApiVersion,
  checkCompanies,
  checkIdentifier,
  checkOrderStatus,
  checkPriceBook,
  checkQuota,
  checkWarehouse,
} from './checks';
import {
  buyerFields,
  checkObjects,
  lineFields,
  orderFields,
  priceEntryFields,
  productFields,
} from './fields';
import { checkActivation, checkServiceProducts } from './rulesChecks';
import { createProgress, judged, type OrgStep, passed, type StepResult } from './steps';
import { checkUser } from './user';

export interface VerifyOptions {
  session: Session;
  profile: Profile;
  settings: () => Promise<Result<OrgSettings>>;
  rules: OrderRules;
  lookUpPrices: Org['lookUpPrices'];
  onProgress: (steps: readonly VerifyStep[]) => void;
}

/** Problems that are about the way to the login address, not about who signs in. */
const addressCodes: ReadonlySet<Problem['code']> = new Set([
  'org.wrongAddress',
  'org.unreachable',
  'org.unavailable',
  'org.timeout',
  'org.badAnswer',
]);

const checks: readonly [OrgStep, (context: CheckContext) => Promise<StepResult>][] = [
  ['user', checkUser],
  ['apiVersion', checkApiVersion],
  ['orderFields', objectCheck((profile) => [{ object: profile.order.object, fields: orderFields(profile) }])],
  ['lineFields', objectCheck((profile) => [{ object: profile.line.object, fields: lineFields(profile) }])],
  ['buyerFields', objectCheck((profile) => [{ object: profile.buyer.object, fields: buyerFields(profile) }])],
  [
    'productFields',
    objectCheck((profile) => [
      { object: profile.product.object, fields: productFields(profile) },
      { object: profile.priceEntry.object, fields: priceEntryFields(profile) },
    ]),
  ],
  ['orderStatus', checkOrderStatus],
  ['activation', checkActivation],
  ['priceBook', checkPriceBook],
  ['serviceProducts', checkServiceProducts],
  ['warehouse', checkWarehouse],
  ['companies', checkCompanies],
  ['identifier', checkIdentifier],
  ['quota', checkQuota],
];

/**
 * Checks everything an export needs of the org, step by step. Without a sign-in nothing else can be
 * checked; after it, a failed step never keeps the others from being told.
 */
export async function verifyOrg(options: VerifyOptions, signal: AbortSignal): Promise<VerifyStep[]> {
  const progress = createProgress(options.onProgress);
  const settings = await options.settings();
  if (!settings.ok) {
    progress.set('loginAddress', judged([settings.problem]));
    progress.skipRest();
    return progress.steps();
  }
  if (!(await enter(options, settings.value, progress, signal))) {
    progress.skipRest();
    return progress.steps();
  }
  const { session, profile, rules, lookUpPrices } = options;
  const context: CheckContext = {
    session,
    profile,
    settings: settings.value,
    rules,
    lookUpPrices,
    signal,
  };
  for (const [id, check] of checks) {
    if (signal.aborted) break;
    await progress.run(id, () => check(context));
  }
  progress.skipRest();
  return progress.steps();
}

/** Signs in, and tells a wrong address from a wrong password by what came back. */
async function enter(
  { session }: VerifyOptions,
  settings: OrgSettings,
  progress: ReturnType<typeof createProgress>,
  signal: AbortSignal,
): Promise<boolean> {
  const host = new URL(settings.loginUrl).host;
  const running: StepResult = { outcome: 'running', facts: { host }, problems: [] };
  progress.set('loginAddress', running);
  const opened = await session.open(signal);
  if (!opened.ok && addressCodes.has(opened.problem.code)) {
    progress.set('loginAddress', judged([opened.problem], { host }));
    return false;
  }
  progress.set('loginAddress', passed({ host }));
  const instance = session.instanceUrl();
  progress.set(
    'signIn',
    opened.ok
      ? passed({ name: nameOf(settings), ...(instance === null ? {} : { host: new URL(instance).host }) })
      : judged([opened.problem], { name: nameOf(settings) }),
  );
  return opened.ok;
}

/** Ways that name no user are known by their app. */
const nameOf = (settings: OrgSettings): string =>
  'username' in settings ? settings.username : settings.clientId;

function objectCheck(objects: (profile: Profile) => Parameters<typeof checkObjects>[1]) {
  return ({ session, profile, signal }: CheckContext): Promise<StepResult> =>
    checkObjects(session, objects(profile), signal);
}
