import { useCallback, useState } from 'react';

/** What main found wrong with a form, field by field, until each field is typed in again. */
export function useFieldErrors() {
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [refusals, setRefusals] = useState(0);

  const refuse = useCallback((fields: Readonly<Record<string, string>>) => {
    setErrors(fields);
    setRefusals((count) => count + 1);
  }, []);

  /** These fields, and the values inside them, are being typed in. */
  const forget = useCallback((paths: readonly string[]) => {
    const isUnder = (path: string) => paths.some((one) => path === one || path.startsWith(`${one}.`));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([path]) => !isUnder(path))));
  }, []);

  const clear = useCallback(() => setErrors({}), []);

  return {
    /** How often saving has been refused for what was typed: each time, the first wrong field is shown. */
    refusals,
    hasErrors: Object.keys(errors).length > 0,
    errorOf: (path: string): string | null => errors[path] ?? null,
    refuse,
    forget,
    clear,
  };
}
