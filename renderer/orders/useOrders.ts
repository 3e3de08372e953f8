import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExportState, OrderRow } from '../../contract/export';
import type { Problem } from '../../contract/problem';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';

export interface OrdersQuery {
  states: ExportState[];
  changed: boolean;
  search: string;
  sort: 'newest' | 'oldest' | 'number' | 'buyer' | 'total';
}

/** Rows fetched at a time. */
const pageSize = 100;

interface Loaded {
  total: number;
  /** Orders that the store has changed since they were exported. */
  changed: number;
  pages: ReadonlyMap<number, OrderRow[]>;
}

/**
 * The orders of a query, fetched page by page as the list scrolls. When orders change, what is on screen is
 * fetched again while the old rows stay, so that nothing jumps.
 */
export function useOrders(query: OrdersQuery) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const visible = useRef({ first: 0, last: 0 });
  const asked = useRef(new Set<number>());
  const version = useRef(0);
  const key = JSON.stringify(query);
  const latestQuery = useRef(query);
  latestQuery.current = query;

  const fetchPage = useCallback(async (page: number, keep: boolean) => {
    const mine = version.current;
    asked.current.add(page);
    const answer = await call('orders.list', {
      ...latestQuery.current,
      offset: page * pageSize,
      limit: pageSize,
    });
    if (mine !== version.current) return;
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    setProblem(null);
    setLoaded((before) => {
      const pages = new Map(keep ? before?.pages : []);
      pages.set(page, answer.value.rows);
      return { total: answer.value.total, changed: answer.value.changed, pages };
    });
  }, []);

  const refresh = useCallback(() => {
    version.current += 1;
    asked.current = new Set();
    const { first, last } = visible.current;
    for (let page = pageOf(first); page <= pageOf(last); page += 1) void fetchPage(page, true);
  }, [fetchPage]);

  useEffect(() => {
    // The query's text stands for the query: a new object of the same content is no new query.
    if (key === '') return;
    version.current += 1;
    asked.current = new Set();
    visible.current = { first: 0, last: 0 };
    void fetchPage(0, false);
  }, [key, fetchPage]);

  useEvent('orders.changed', refresh);

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
    (index: number): OrderRow | null => loaded?.pages.get(pageOf(index))?.[index % pageSize] ?? null,
    [loaded],
  );

  return { total: loaded?.total ?? null, changed: loaded?.changed ?? 0, rowAt, show, problem, refresh };
}

const pageOf = (index: number): number => Math.floor(index / pageSize);
