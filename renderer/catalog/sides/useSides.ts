import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../../contract/calls';
import type { SidesView } from '../../../contract/catalogSides';
import type { Problem } from '../../../contract/problem';
import { call } from '../../bridge/bridge';
import { useEvent } from '../../bridge/useEvent';
import { usePages } from '../../ui/usePages';

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
  const { latest, ...pages } = usePages(JSON.stringify(query), (offset, limit) =>
    call('catalogSides.rows', { ...query, offset, limit }),
  );

  const { refresh } = pages;
  const shownVersion = useRef(version);
  useEffect(() => {
    if (shownVersion.current === version) return;
    shownVersion.current = version;
    refresh();
  }, [version, refresh]);

  return { ...pages, summary: latest?.summary ?? null };
}

export type SideRows = ReturnType<typeof useSideRows>;
