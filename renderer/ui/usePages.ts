import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer } from '../../contract/calls';
import type { Problem } from '../../contract/problem';

/** Rows fetched at a time. */
const pageSize = 200;

interface Loaded<Page> {
  latest: Page;
  pages: ReadonlyMap<number, Page>;
}

/**
 * A long list, fetched page by page as it scrolls. The key stands for what is asked: a new one begins a new list. Only
 * answers to the latest question count.
 */
export function usePages<Page extends { rows: unknown[]; total: number }>(
  key: string,
  fetchRows: (offset: number, limit: number) => Promise<Answer<Page>>,
) {
  const [loaded, setLoaded] = useState<Loaded<Page> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const visible = useRef({ first: 0, last: 0 });
  const asked = useRef(new Set<number>());
  const version = useRef(0);
  const fetchNow = useRef(fetchRows);
  fetchNow.current = fetchRows;

  const fetchPage = useCallback(async (page: number, keep: boolean) => {
    const mine = version.current;
    asked.current.add(page);
    const answer = await fetchNow.current(page * pageSize, pageSize);
    if (mine !== version.current) return;
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    setProblem(null);
    setLoaded((before) => ({
      latest: answer.value,
      pages: new Map(keep ? before?.pages : []).set(page, answer.value),
    }));
  }, []);

  useEffect(() => {
    if (key === '') return;
    version.current += 1;
    asked.current = new Set();
    visible.current = { first: 0, last: 0 };
    void fetchPage(0, false);
  }, [key, fetchPage]);

  /** Asks anew for the rows on screen; the old ones stay meanwhile, so that nothing jumps. */
  const refresh = useCallback(() => {
    version.current += 1;
    asked.current = new Set();
    const { first, last } = visible.current;
    for (let page = pageOf(first); page <= pageOf(last); page += 1) void fetchPage(page, true);
  }, [fetchPage]);

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
    (index: number): Page['rows'][number] | null =>
      loaded?.pages.get(pageOf(index))?.rows[index % pageSize] ?? null,
    [loaded],
  );

  const latestPage = loaded?.latest ?? null;
  /** `latest` is the page that came last, with whatever else it tells of the whole list. */
  return { total: latestPage?.total ?? null, latest: latestPage, rowAt, show, refresh, problem };
}

const pageOf = (index: number): number => Math.floor(index / pageSize);
