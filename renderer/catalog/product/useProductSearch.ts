import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { ProductSearch } from '../../../contract/catalogProduct';
import { call } from '../../bridge/bridge';

const shortest = 2;

/** Products of both sides for what is being typed; asked for when the typing rests. */
export function useProductSearch(typed: string) {
  const [text] = useDebouncedValue(typed.trim(), 250);
  const [result, setResult] = useState<(ProductSearch & { text: string }) | null>(null);

  useEffect(() => {
    if (text.length < shortest) return;
    let latest = true;
    void call('catalogProduct.search', { text }).then((answer) => {
      if (!latest) return;
      setResult(answer.ok ? { ...answer.value, text } : { found: [], problem: answer.problem, text });
    });
    return () => {
      latest = false;
    };
  }, [text]);

  const wanted = typed.trim();
  const isShort = wanted.length < shortest;
  return {
    found: isShort || result === null ? [] : result.found,
    problem: isShort ? null : (result?.problem ?? null),
    searching: !isShort && result?.text !== wanted,
  };
}
