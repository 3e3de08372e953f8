import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../contract/calls';
import type { RunRow, RunStateName } from '../../contract/catalog';
import type { Problem } from '../../contract/problem';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';

export type RowsQuery = Omit<CallInput<'catalog.rows'>, 'offset' | 'limit'>;

/** Rows fetched at a time. */
const pageSize = 200;
/** While a run is written, its rows are asked for anew so often at the most. */
const refreshMs = 2_000;

interface Loaded {
  total: number;
  pages: ReadonlyMap<number, RunRow[]>;
}

/** The rows of a run, fetched page by page as the list scrolls, and anew as the run moves on. */
export function useRows(query: RowsQuery, state: RunStateName) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const visible = useRef({ first: 0, last: 0 });
  const asked = useRef(new Set<number>());
  const version = useRef(0);
  const refreshedAt = useRef(0);
  const key = JSON.stringify(query);
  const latest = useRef(query);
  latest.current = query;

  const fetchPage = useCallback(async (page: number, keep: boolean) => {
    const mine = version.current;
    asked.current.add(page);
    const answer = await call('catalog.rows', {
      ...latest.current,
      offset: page * pageSize,
      limit: pageSize,
    });
    if (mine !== version.current) return;
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    setProblem(null);
    setLoaded((before) => ({
      total: answer.value.total,
      pages: new Map(keep ? before?.pages : []).set(page, answer.value.rows),
    }));
  }, []);

  useEffect(() => {
    // The query's text stands for the query: a new object of the same content is no new query.
    if (key === '') return;
    version.current += 1;
    asked.current = new Set();
    visible.current = { first: 0, last: 0 };
    void fetchPage(0, false);
  }, [key, fetchPage]);

  const refresh = useCallback(() => {
    refreshedAt.current = performance.now();
    version.current += 1;
    asked.current = new Set();
    const { first, last } = visible.current;
    for (let page = pageOf(first); page <= pageOf(last); page += 1) void fetchPage(page, true);
  }, [fetchPage]);

  const shownState = useRef(state);
  useEffect(() => {
    if (shownState.current === state) return;
    shownState.current = state;
    refresh();
  }, [state, refresh]);
  useEvent('catalog.changed', () => {
    if (state === 'applying' && performance.now() - refreshedAt.current >= refreshMs) refresh();
  });

  /** The list tells which rows are on screen; missing pages are fetched. */
  const show = useCallback(
    (first: number, last: number) => {
      visible.current = { first, last };
      for (let page = pageOf(first); page <= pageOf(last); page += 1)
        if (!asked.current.has(page)) void fetchPage(page, true);
    },
    [fetchPage],
  );

  const rowAt = useCallback(
    (index: number): RunRow | null => loaded?.pages.get(pageOf(index))?.[index % pageSize] ?? null,
    [loaded],
  );

  return { total: loaded?.total ?? null, rowAt, show, problem };
}

const pageOf = (index: number): number => Math.floor(index / pageSize);
