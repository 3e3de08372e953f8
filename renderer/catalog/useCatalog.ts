import { useCallback, useEffect, useState } from 'react';
import type { OrgChoices, Run } from '../../contract/catalog';
import type { CatalogView } from '../../contract/catalogView';
import type { Problem } from '../../contract/problem';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';

/** Where stock and prices stand, kept up to date while the screen is open. */
export function useCatalog() {
  const [view, setView] = useState<CatalogView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const refresh = useCallback(async () => {
    const answer = await call('catalog.get');
    if (answer.ok) setView(answer.value);
    setProblem(answer.ok ? null : answer.problem);
  }, []);
  useEffect(() => void refresh(), [refresh]);
  useEvent('catalog.changed', () => void refresh());

  return { view, problem, refresh };
}

/** What the org offers to choose from; asked for once, and again when a person wants it. */
export function useChoices(wanted: boolean) {
  const [choices, setChoices] = useState<OrgChoices | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const load = useCallback(async () => {
    setProblem(null);
    const answer = await call('catalog.choices');
    if (answer.ok) setChoices(answer.value);
    else setProblem(answer.problem);
  }, []);
  useEffect(() => {
    if (wanted) void load();
  }, [wanted, load]);

  return { choices, problem, load };
}

/** Earlier runs, newest first. */
export function useRuns() {
  const [runs, setRuns] = useState<Run[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const load = useCallback(async () => {
    const answer = await call('catalog.runs', { offset: 0, limit: 200 });
    if (answer.ok) setRuns(answer.value.runs);
    setProblem(answer.ok ? null : answer.problem);
  }, []);
  useEffect(() => void load(), [load]);
  useEvent('catalog.changed', () => void load());

  return { runs, problem };
}
