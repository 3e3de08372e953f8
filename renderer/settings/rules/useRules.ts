import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../contract/problem';
import type { RulesDraft, RulesPreview, RulesView } from '../../../contract/rulesView';
import { call } from '../../bridge/bridge';
import { useFieldErrors } from '../useFieldErrors';

/** The form of the rules for orders: what is saved, what has been chosen, and what a sample order would come to. */
export function useRules() {
  const [view, setView] = useState<RulesView | null>(null);
  const [draft, setDraft] = useState<RulesDraft | null>(null);
  const [preview, setPreview] = useState<RulesPreview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const errors = useFieldErrors();
  const { clear } = errors;

  const take = useCallback(
    (saved: RulesView) => {
      setView(saved);
      setDraft(saved.rules);
      clear();
    },
    [clear],
  );

  useEffect(() => {
    void call('rules.get').then((answer) => {
      if (answer.ok) take(answer.value);
      else setProblem(answer.problem);
    });
  }, [take]);

  const amounts = draft?.amounts;
  useEffect(() => {
    if (draft === null || amounts === undefined) return;
    let current = true;
    void call('rules.preview', { ...draft, amounts: withSkus(amounts) }).then((answer) => {
      // What is invalid is told at its field; the example stays as it was meanwhile.
      if (current && answer.ok && answer.value.kind !== 'invalid') setPreview(answer.value);
    });
    return () => {
      current = false;
    };
  }, [draft, amounts]);

  const dirty = view !== null && draft !== null && JSON.stringify(draft) !== JSON.stringify(view.rules);

  async function save(): Promise<boolean> {
    if (draft === null || saving || !dirty) return false;
    setSaving(true);
    const answer = await call('rules.save', draft);
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

  function set<Section extends 'amounts' | 'hold' | 'vatCodes'>(
    section: Section,
    part: Partial<RulesDraft[Section]>,
  ): void {
    setDraft((before) => before && { ...before, [section]: { ...before[section], ...part } });
    errors.forget(Object.keys(part).map((field) => `${section}.${field}`));
  }

  return {
    view,
    draft,
    preview,
    problem,
    saving,
    dirty,
    refusals: errors.refusals,
    errorOf: errors.errorOf,
    set,
    setTop(part: Partial<Pick<RulesDraft, 'buyerPolicy' | 'activateAs'>>): void {
      setDraft((before) => before && { ...before, ...part });
      errors.forget(Object.keys(part));
    },
    discard: () => view !== null && take(view),
    save,
  };
}

/** The example shows a line for a charge before anybody has typed which product it is. */
function withSkus(amounts: RulesDraft['amounts']): RulesDraft['amounts'] {
  const { discountSku, shippingSku, surchargeSku, taxSku } = amounts;
  const shown = (sku: string): string => (sku.trim() === '' ? '…' : sku);
  return {
    ...amounts,
    discountSku: shown(discountSku),
    shippingSku: shown(shippingSku),
    surchargeSku: shown(surchargeSku),
    taxSku: shown(taxSku),
  };
}

export type RulesForm = ReturnType<typeof useRules>;
/** The form once it has been read. */
export type OpenRules = RulesForm & { view: RulesView; draft: RulesDraft };
