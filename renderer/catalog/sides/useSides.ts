import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../../contract/calls';
import type { SideRow, SidesSummary, SidesView } from '../../../contract/catalogSides';
import type { Problem } from '../../../contract/problem';
import { call } from '../../bridge/bridge';
import { useEvent } from '../../bridge/useEvent';
import { usePages } from '../usePages';

export type SidesQuery = Omit<CallInput<'catalogSides.rows'>, 'offset' | 'limit'>;

/** Where the two sides stand, kept up to date while they are looked at. */
export function useSides() {
  const [view, setView] = useState<SidesView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const refresh = useCallback(async () => {
    const answer = await call('catalogSides.get');
    if (answer.ok) setView(answer.value);
    setProblem(answer.ok ? null : answer.problem);
  }, []);
  useEffect(() => void refresh(), [refresh]);
  useEvent('catalog.changed', () => void refresh());

  return { view, problem };
}

/** The list and its counts, asked for anew when it has changed. */
export function useSideRows(query: SidesQuery, version: number) {
  const [summary, setSummary] = useState<SidesSummary | null>(null);
  const pages = usePages<SideRow>(JSON.stringify(query), async (offset, limit) => {
    const answer = await call('catalogSides.rows', { ...query, offset, limit });
    if (answer.ok) setSummary(answer.value.summary);
    return answer;
  });

  const { refresh } = pages;
  const shownVersion = useRef(version);
  useEffect(() => {
    if (shownVersion.current === version) return;
    shownVersion.current = version;
    refresh();
  }, [version, refresh]);

  return { ...pages, summary };
}

export type SideRows = ReturnType<typeof useSideRows>;
