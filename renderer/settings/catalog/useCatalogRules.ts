import { useCallback, useEffect, useState } from 'react';
import type { CatalogRulesDraft, ListChoices } from '../../../contract/catalogRulesView';
import type { Problem } from '../../../contract/problem';
import { call } from '../../bridge/bridge';
import { useFieldErrors } from '../useFieldErrors';

/** The form of the rules for stock and prices. */
export function useCatalogRules() {
  const [saved, setSaved] = useState<CatalogRulesDraft | null>(null);
  const [draft, setDraft] = useState<CatalogRulesDraft | null>(null);
  const [choices, setChoices] = useState<ListChoices | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const errors = useFieldErrors();
  const { clear } = errors;

  const take = useCallback(
    (rules: CatalogRulesDraft) => {
      setSaved(rules);
      setDraft(rules);
      clear();
    },
    [clear],
  );

  useEffect(() => {
    void call('catalogRules.get').then((answer) => {
      if (answer.ok) take(answer.value.rules);
      else setProblem(answer.problem);
    });
    void call('catalogRules.lists').then((answer) => {
      if (answer.ok) setChoices(answer.value);
    });
  }, [take]);

  const dirty = saved !== null && draft !== null && JSON.stringify(draft) !== JSON.stringify(saved);

  async function save(): Promise<boolean> {
    if (draft === null || saving || !dirty) return false;
    setSaving(true);
    const answer = await call('catalogRules.save', draft);
    setSaving(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return false;
    if (answer.value.kind === 'invalid') {
      errors.refuse(answer.value.fields);
      return false;
    }
    take(answer.value.view.rules);
    return true;
  }

  function set<Section extends keyof CatalogRulesDraft>(
    section: Section,
    part: Partial<CatalogRulesDraft[Section]>,
  ): void {
    setDraft((before) => before && { ...before, [section]: { ...before[section], ...part } });
    errors.forget(Object.keys(part).map((field) => `${section}.${field}`));
  }

  return {
    draft,
    choices,
    problem,
    saving,
    dirty,
    refusals: errors.refusals,
    errorOf: errors.errorOf,
    set,
    discard: () => saved !== null && take(saved),
    save,
  };
}

/** The form once it has been read. */
export type OpenCatalogRules = ReturnType<typeof useCatalogRules> & { draft: CatalogRulesDraft };
