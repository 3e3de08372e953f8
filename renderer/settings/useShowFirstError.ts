import { type RefObject, useEffect, useRef } from 'react';

/** Brings the first wrong field of a form into sight, each time that saving has been refused. */
export function useShowFirstError(refusals: number): RefObject<HTMLDivElement | null> {
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusals === 0) return;
    const wrong = fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.focus();
  }, [refusals]);
  return fields;
}
