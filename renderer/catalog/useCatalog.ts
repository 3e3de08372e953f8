import { useCallback, useEffect, useState } from 'react';
import type { CallOutput } from '../../contract/calls';
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

/** Runs fetched at a time. */
const runsPage = 200;

/** Earlier runs, newest first; more of them as a person asks. */
export function useRuns() {
  const [loaded, setLoaded] = useState<CallOutput<'catalog.runs'> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pages, setPages] = useState(1);

  const load = useCallback(async () => {
    const answers = await Promise.all(
      Array.from({ length: pages }, (_, page) =>
        call('catalog.runs', { offset: page * runsPage, limit: runsPage }),
      ),
    );
    const runs = new Map<number, Run>();
    let total = 0;
    for (const answer of answers) {
      if (!answer.ok) return setProblem(answer.problem);
      // A run that begins between two pages moves the others on: each is listed once.
      for (const run of answer.value.runs) runs.set(run.id, run);
      total = answer.value.total;
    }
    setLoaded({ runs: [...runs.values()], total });
    setProblem(null);
  }, [pages]);
  useEffect(() => void load(), [load]);
  useEvent('catalog.changed', () => void load());

  return { loaded, problem, showMore: () => setPages(pages + 1) };
}
