import type { Problem } from '../../../contract/problem';
import type { VerifyStep } from '../../../contract/settings';

/** The steps this module takes; whether the store can be reached is told by the store's own adapter. */
export const orgSteps = [
  'loginAddress',
  'signIn',
  'user',
  'apiVersion',
  'orderFields',
  'lineFields',
  'buyerFields',
  'productFields',
  'orderStatus',
  'activation',
  'priceBook',
  'serviceProducts',
  'warehouse',
  'companies',
  'identifier',
  'quota',
] as const satisfies readonly VerifyStep['id'][];
export type OrgStep = (typeof orgSteps)[number];

export type StepResult = Pick<VerifyStep, 'outcome' | 'facts' | 'problems'>;

export const passed = (facts: VerifyStep['facts'] = {}): StepResult => ({
  outcome: 'passed',
  facts,
  problems: [],
});
export const skipped: StepResult = { outcome: 'skipped', facts: {}, problems: [] };

/** Passed unless there are problems. */
export const judged = (problems: Problem[], facts: VerifyStep['facts'] = {}): StepResult =>
  problems.length === 0 ? passed(facts) : { outcome: 'failed', facts, problems };

/** Keeps the list of steps and tells the listener after every change, with a copy that stays as it is. */
export function createProgress(listener: (steps: readonly VerifyStep[]) => void) {
  let steps: VerifyStep[] = orgSteps.map((id) => ({ id, outcome: 'waiting', facts: {}, problems: [] }));

  function set(id: OrgStep, result: StepResult): void {
    steps = steps.map((step) => (step.id === id ? { id, ...result } : step));
    listener(steps);
  }

  return {
    steps: (): VerifyStep[] => steps,
    set,
    async run(id: OrgStep, check: () => Promise<StepResult>): Promise<StepResult> {
      set(id, { outcome: 'running', facts: {}, problems: [] });
      const result = await check();
      set(id, result);
      return result;
    },
    /** Whatever is still waiting cannot be checked. */
    skipRest(): void {
      steps = steps.map((step) => (step.outcome === 'waiting' ? { id: step.id, ...skipped } : step));
      listener(steps);
    },
  };
}
