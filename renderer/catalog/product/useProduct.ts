import { useCallback, useRef, useState } from 'react';
import type {
  ItemRuleDraft,
  ProductOutcome,
  ProductScope,
  ProductView,
} from '../../../contract/catalogProduct';
import type { UpdatePart } from '../../../contract/catalogRules';
import type { Problem } from '../../../contract/problem';
import { call } from '../../bridge/bridge';

type Busy = 'looking' | UpdatePart;

/** One product as both sides have it, and what can be done to it. Only the latest look is shown. */
export function useProduct() {
  const [view, setView] = useState<ProductView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<Busy | null>(null);
  const [outcome, setOutcome] = useState<Exclude<ProductOutcome['kind'], 'refused'> | null>(null);
  const [refusal, setRefusal] = useState<Extract<ProductOutcome, { kind: 'refused' }> | null>(null);
  const version = useRef(0);

  const begin = useCallback((what: Busy): number => {
    version.current += 1;
    setBusy(what);
    setProblem(null);
    setOutcome(null);
    setRefusal(null);
    return version.current;
  }, []);

  const look = useCallback(
    async (sku: string, scope: ProductScope): Promise<void> => {
      const mine = begin('looking');
      const answer = await call('catalogProduct.get', { sku, scope });
      if (mine !== version.current) return;
      setBusy(null);
      setView(answer.ok ? answer.value : null);
      setProblem(answer.ok ? null : answer.problem);
    },
    [begin],
  );

  async function update(part: UpdatePart): Promise<void> {
    if (view === null || view.change === null) return;
    const mine = begin(part);
    const { sku, scope, change } = view;
    const answer = await call('catalogProduct.update', { sku, scope, part, shown: change });
    if (mine !== version.current) return;
    setBusy(null);
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    setView(answer.value.view);
    if (answer.value.kind === 'refused') setRefusal(answer.value);
    else setOutcome(answer.value.kind);
  }

  /** Saves the product's own rule and looks again; what is wrong with it comes back by field. */
  async function saveRule(rule: ItemRuleDraft | null): Promise<Record<string, string> | null> {
    if (view === null) return null;
    const { sku, scope } = view;
    const answer = await call('catalogProduct.setRule', { sku, rule });
    if (!answer.ok) {
      setProblem(answer.problem);
      return null;
    }
    if (answer.value.kind === 'invalid') return answer.value.fields;
    await look(sku, scope);
    return null;
  }

  return { view, problem, busy, outcome, refusal, look, update, saveRule };
}

export type OpenProduct = ReturnType<typeof useProduct>;
