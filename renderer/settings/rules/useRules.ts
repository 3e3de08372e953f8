import { useEffect, useState } from 'react';
import type { RulesDraft, RulesPreview, RulesView } from '../../../contract/rulesView';
import { call } from '../../bridge/bridge';
import { useRulesForm } from '../useRulesForm';

const calls = {
  get: () => call('rules.get'),
  save: (rules: RulesDraft) => call('rules.save', rules),
};

/** The form of the rules for orders, with what a sample order would come to under what has been chosen. */
export function useRules() {
  const form = useRulesForm(calls);
  const [preview, setPreview] = useState<RulesPreview | null>(null);

  const { draft } = form;
  useEffect(() => {
    if (draft === null) return;
    let current = true;
    void call('rules.preview', { ...draft, amounts: withSkus(draft.amounts) }).then((answer) => {
      // What is invalid is told at its field; the example stays as it was meanwhile.
      if (current && answer.ok && answer.value.kind !== 'invalid') setPreview(answer.value);
    });
    return () => {
      current = false;
    };
  }, [draft]);

  return { ...form, preview };
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
