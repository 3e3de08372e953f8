import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../contract/calls';
import type { Problem } from '../../contract/problem';
import type { LogLine } from '../../contract/status';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';

export type LogQuery = Pick<CallInput<'log.list'>, 'level' | 'search'>;

/** Entries fetched at a time. */
const pageSize = 100;
/** A busy export writes many entries a second; the list follows at this pace. */
const refreshMs = 250;

interface Loaded {
  /** Entries when the list was last brought up to date. What has come since is not part of it yet. */
  total: number;
  pages: ReadonlyMap<number, LogLine[]>;
}

/**
 * The log's entries of a query, newest first, fetched page by page as the list scrolls. While its top is in
 * sight the list follows what happens; further down it stands still and only says that there is more.
 */
export function useLog({ level, search }: LogQuery) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [behind, setBehind] = useState(false);
  const asked = useRef(new Set<number>());
  const version = useRef(0);
  const firstVisible = useRef(0);
  /** How many entries came in above the list since it was brought up to date. */
  const drift = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const fetchPage = useCallback(
    async (page: number, anchor: number | null) => {
      const mine = version.current;
      asked.current.add(page);
      const from = drift.current;
      const offset = page * pageSize + from;
      const answer = await call('log.list', { level, search, offset, limit: pageSize });
      if (mine !== version.current) return;
      if (!answer.ok) {
        asked.current.delete(page);
        setProblem(answer.problem);
        return;
      }
      setProblem(null);
      const { entries, total } = answer.value;
      if (anchor === null) {
        setBehind(false);
        setLoaded({ total, pages: new Map([[page, entries]]) });
        return;
      }
      drift.current = Math.max(0, total - anchor);
      if (drift.current === from)
        setLoaded((before) => ({ total: anchor, pages: new Map(before?.pages).set(page, entries) }));
      else void fetchPage(page, anchor);
    },
    [level, search],
  );

  /** Brings the list up to date: newest entries first. */
  const refresh = useCallback(() => {
    version.current += 1;
    asked.current = new Set();
    drift.current = 0;
    void fetchPage(0, null);
  }, [fetchPage]);

  useEffect(() => {
    firstVisible.current = 0;
    refresh();
    return () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [refresh]);

  useEvent('log.changed', () => {
    if (timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      if (firstVisible.current === 0) refresh();
      else setBehind(true);
    }, refreshMs);
  });

  const total = loaded?.total ?? null;

  /** The list tells which entries are drawn, and which of them is the first in sight; missing pages are fetched. */
  const show = useCallback(
    (first: number, last: number, firstInSight: number) => {
      firstVisible.current = firstInSight;
      if (total === null || total === 0) return;
      for (let page = pageOf(first); page <= pageOf(last); page += 1)
        if (!asked.current.has(page)) void fetchPage(page, total);
    },
    [fetchPage, total],
  );

  const entryAt = useCallback(
    (index: number): LogLine | null => loaded?.pages.get(pageOf(index))?.[index % pageSize] ?? null,
    [loaded],
  );

  return { total, entryAt, show, problem, behind, refresh };
}

const pageOf = (index: number): number => Math.floor(index / pageSize);
