import { useCallback, useEffect, useRef } from 'react';
import type { CallInput } from '../../contract/calls';
import type { RunStateName } from '../../contract/catalog';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';
import { usePages } from '../ui/usePages';

export type RowsQuery = Omit<CallInput<'catalog.rows'>, 'offset' | 'limit'>;

/** While a run is written, its rows are asked for anew so often at the most. */
const refreshMs = 2_000;

/** The rows of a run, fetched page by page as the list scrolls, and anew as the run moves on. */
export function useRows(query: RowsQuery, state: RunStateName) {
  const refreshedAt = useRef(0);
  const { refresh: askAnew, ...pages } = usePages(JSON.stringify(query), (offset, limit) =>
    call('catalog.rows', { ...query, offset, limit }),
  );

  const refresh = useCallback(() => {
    refreshedAt.current = performance.now();
    askAnew();
  }, [askAnew]);

  const shownState = useRef(state);
  useEffect(() => {
    if (shownState.current === state) return;
    shownState.current = state;
    refresh();
  }, [state, refresh]);
  useEvent('catalog.changed', () => {
    if (state === 'applying' && performance.now() - refreshedAt.current >= refreshMs) refresh();
  });

  return pages;
}
