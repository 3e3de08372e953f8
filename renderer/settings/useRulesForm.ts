import { useCallback, useEffect, useState } from 'react';
import type { Answer } from '../../contract/calls';
import type { Problem } from '../../contract/problem';
import { useFieldErrors } from './useFieldErrors';

/** The parts of a set of rules that have fields of their own. */
type SectionOf<Rules> = { [Name in keyof Rules]: Rules[Name] extends object ? Name : never }[keyof Rules];

type Saved<View> = { kind: 'saved'; view: View } | { kind: 'invalid'; fields: Record<string, string> };

/** How a set of rules is read and saved. Always the same object. */
export interface RulesCalls<View extends { rules: object }> {
  get: () => Promise<Answer<View>>;
  save: (rules: View['rules']) => Promise<Answer<Saved<View>>>;
}

/** The form of a set of rules: what is saved, what has been chosen, and what is wrong with it field by field. */
export function useRulesForm<View extends { rules: object }>(calls: RulesCalls<View>) {
  type Rules = View['rules'];
  const [view, setView] = useState<View | null>(null);
  const [draft, setDraft] = useState<Rules | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const errors = useFieldErrors();
  const { clear } = errors;

  const take = useCallback(
    (saved: View) => {
      setView(saved);
      setDraft(saved.rules);
      clear();
    },
    [clear],
  );

  useEffect(() => {
    void calls.get().then((answer) => {
      if (answer.ok) take(answer.value);
      else setProblem(answer.problem);
    });
  }, [calls, take]);

  const dirty = view !== null && draft !== null && JSON.stringify(draft) !== JSON.stringify(view.rules);

  async function save(): Promise<boolean> {
    if (draft === null || saving || !dirty) return false;
    setSaving(true);
    const answer = await calls.save(draft);
    setSaving(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return false;
    if (answer.value.kind === 'invalid') {
      errors.refuse(answer.value.fields);
      return false;
    }
    take(answer.value.view);
    return true;
  }

  function set<Section extends SectionOf<Rules>>(section: Section, part: Partial<Rules[Section]>): void {
    setDraft((before) => before && { ...before, [section]: Object.assign({}, before[section], part) });
    errors.forget(Object.keys(part).map((field) => `${String(section)}.${field}`));
  }

  function setTop(part: Partial<Rules>): void {
    setDraft((before) => before && { ...before, ...part });
    errors.forget(Object.keys(part));
  }

  return {
    view,
    draft,
    problem,
    saving,
    dirty,
    refusals: errors.refusals,
    errorOf: errors.errorOf,
    set,
    /** Rules that stand by themselves. */
    setTop,
    discard: () => view !== null && take(view),
    save,
  };
}
