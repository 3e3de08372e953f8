import { useEffect, useState } from 'react';
import type { CatalogRulesDraft, ListChoices } from '../../../contract/catalogRulesView';
import { call } from '../../bridge/bridge';
import { useRulesForm } from '../useRulesForm';

const calls = {
  get: () => call('catalogRules.get'),
  save: (rules: CatalogRulesDraft) => call('catalogRules.save', rules),
};

/** The form of the rules for stock and prices. */
export function useCatalogRules() {
  const form = useRulesForm(calls);
  const [choices, setChoices] = useState<ListChoices | null>(null);

  useEffect(() => {
    void call('catalogRules.lists').then((answer) => {
      if (answer.ok) setChoices(answer.value);
    });
  }, []);

  return { ...form, choices };
}

/** The form once it has been read. */
export type OpenCatalogRules = ReturnType<typeof useCatalogRules> & { draft: CatalogRulesDraft };
