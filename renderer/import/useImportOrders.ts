import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../contract/calls';
import type { ImportOrder } from '../../contract/import';
import type { Problem } from '../../contract/problem';
import { call } from '../bridge/bridge';

export type Verdict = CallInput<'import.orders'>['verdict'];

/** Orders fetched at a time. */
const pageSize = 200;

interface Loaded {
  total: number;
  pages: ReadonlyMap<number, ImportOrder[]>;
}

/** The orders of the last preview of a file, fetched page by page as the list scrolls. */
export function useImportOrders(fileId: string, verdict: Verdict) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(new Set<number>());
  const version = useRef(0);

  const fetchPage = useCallback(
    async (page: number) => {
      const mine = version.current;
      asked.current.add(page);
      const answer = await call('import.orders', {
        fileId,
        verdict,
        offset: page * pageSize,
        limit: pageSize,
      });
      if (mine !== version.current) return;
      if (!answer.ok) {
        setProblem(answer.problem);
        return;
      }
      const { orders, total } = answer.value;
      setLoaded((before) => ({ total, pages: new Map(before?.pages).set(page, orders) }));
    },
    [fileId, verdict],
  );

  useEffect(() => {
    version.current += 1;
    asked.current = new Set();
    setLoaded(null);
    setProblem(null);
    void fetchPage(0);
  }, [fetchPage]);

  const show = useCallback(
    (first: number, last: number) => {
      for (let page = pageOf(first); page <= pageOf(last); page += 1)
        if (!asked.current.has(page)) void fetchPage(page);
    },
    [fetchPage],
  );

  const orderAt = useCallback(
    (index: number): ImportOrder | null => loaded?.pages.get(pageOf(index))?.[index % pageSize] ?? null,
    [loaded],
  );

  return { total: loaded?.total ?? null, orderAt, show, problem };
}

const pageOf = (index: number): number => Math.floor(index / pageSize);
