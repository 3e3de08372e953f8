import { type CatalogRules, savedCatalogRulesSchema } from '../../contract/catalogRules';
import type { CatalogRulesDraft } from '../../contract/catalogRulesView';
import { failed, ok, problem } from '../../contract/problem';
import type { CatalogOrg, CatalogStore } from '../engine/catalog/ports';
import type { Handlers } from './handlers';
import { fieldErrors } from './settings';

export interface CatalogRulesDeps {
  /** Null before a mode has been chosen. */
  rules: () => { get(): CatalogRules; save(rules: CatalogRules): void } | null;
  /** Null where there is no store to write into. */
  sides: () => { org: CatalogOrg; store: CatalogStore } | null;
  /** The rules have changed: the schedule goes by them from now on. */
  onSaved: () => void;
}

type Names = Extract<keyof Handlers, `catalogRules.${string}`>;

const closed = () => failed(problem('settings.incomplete'));
const draftOf = ({ schedule, history, ...rules }: CatalogRules): CatalogRulesDraft => ({
  ...rules,
  schedule: { ...schedule, fullEveryHours: String(schedule.fullEveryHours) },
  history: { keepDays: String(history.keepDays) },
});

export function catalogRulesHandlers(deps: CatalogRulesDeps): Pick<Handlers, Names> {
  return {
    'catalogRules.get': () => {
      const keeper = deps.rules();
      return keeper === null ? closed() : ok({ rules: draftOf(keeper.get()) });
    },

    'catalogRules.save': (draft) => {
      const keeper = deps.rules();
      if (keeper === null) return closed();
      const parsed = savedCatalogRulesSchema.safeParse(draft);
      if (!parsed.success) return ok({ kind: 'invalid', fields: fieldErrors(parsed.error) });
      keeper.save(parsed.data);
      deps.onSaved();
      return ok({ kind: 'saved', view: { rules: draftOf(parsed.data) } });
    },

    'catalogRules.lists': async () => {
      const sides = deps.sides();
      if (sides === null) return ok({ lists: [], priceBooks: [], problem: null });
      const { signal } = new AbortController();
      const [lists, choices] = await Promise.all([sides.store.priceLists(signal), sides.org.choices(signal)]);
      return ok({
        lists: lists.ok ? lists.value : [],
        priceBooks: choices.ok ? choices.value.priceBooks : [],
        problem: lists.ok ? (choices.ok ? null : choices.problem) : lists.problem,
      });
    },
  };
}
