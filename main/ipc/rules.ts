import { failed, ok, problem } from '../../contract/problem';
import { type OrderRules, orderRulesSchema } from '../../contract/rules';
import type { RulesView } from '../../contract/rulesView';
import { previewRules } from '../engine/orders/preview';
import type { Connections } from '../settings/connections';
import type { Handlers } from './handlers';
import { fieldErrors } from './settings';

export interface RulesDeps {
  /** Null before a mode has been chosen. */
  rules: () => { get(): OrderRules; save(rules: OrderRules): void } | null;
  connections: () => Connections | null;
  /** The profile's words for the VAT statuses. */
  vatDefaults: RulesView['vatDefaults'];
  /** Orders that waited by the old rules may go by the new ones. */
  onSaved: () => Promise<void>;
}

type Names = Extract<keyof Handlers, `rules.${string}`>;

const closed = () => failed(problem('settings.incomplete'));

export function rulesHandlers(deps: RulesDeps): Pick<Handlers, Names> {
  async function view(rules: OrderRules): Promise<RulesView> {
    const connections = await deps.connections()?.view();
    return { rules, vatDefaults: deps.vatDefaults, companies: connections?.org.companies ?? [] };
  }

  return {
    'rules.get': async () => {
      const keeper = deps.rules();
      return keeper === null ? closed() : ok(await view(keeper.get()));
    },

    'rules.save': async (draft) => {
      const keeper = deps.rules();
      if (keeper === null) return closed();
      const parsed = orderRulesSchema.safeParse(draft);
      if (!parsed.success) return ok({ kind: 'invalid', fields: fieldErrors(parsed.error) });
      keeper.save(parsed.data);
      await deps.onSaved();
      return ok({ kind: 'saved', view: await view(parsed.data) });
    },

    'rules.preview': (draft) => {
      const parsed = orderRulesSchema.safeParse(draft);
      return ok(
        parsed.success
          ? previewRules(parsed.data.amounts)
          : { kind: 'invalid', fields: fieldErrors(parsed.error) },
      );
    },
  };
}
