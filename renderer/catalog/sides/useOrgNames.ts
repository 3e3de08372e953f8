import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { mostNames, type SideRow } from '../../../contract/catalogSides';
import { call } from '../../bridge/bridge';

/** While somebody scrolls fast, nothing is asked for. */
const waitMs = 150;

/**
 * The org's names of those rows on screen that the store has none for. They come after the rows, and stay blank while
 * they do and where the org is away.
 */
export function useOrgNames(rows: readonly (SideRow | null)[]): (row: SideRow) => string {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const wanted = rows.flatMap((row) =>
    row === null || row.name !== '' || row.org === null ? [] : [row.sku],
  );
  const latest = useRef(wanted);
  latest.current = wanted;
  const [key] = useDebouncedValue(wanted.join('\n'), waitMs);

  useEffect(() => {
    const skus = latest.current.filter((sku) => !names.has(sku)).slice(0, mostNames);
    if (key === '' || skus.length === 0) return;
    let isCurrent = true;
    void call('catalogSides.names', { skus }).then((answer) => {
      if (!answer.ok || !isCurrent) return;
      const found = Object.entries(answer.value.names);
      if (found.length > 0) setNames((before) => new Map([...before, ...found]));
    });
    return () => {
      isCurrent = false;
    };
  }, [key, names]);

  return (row) => row.name || (names.get(row.sku) ?? '');
}
