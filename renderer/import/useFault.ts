import { useTranslation } from 'react-i18next';

const known = [
  'required',
  'columnMissing',
  'columnUsedTwice',
  'currency',
  'timeZone',
  'taxIdPlaceholder',
  'tooLong',
  'tooMany',
];

/** What is wrong with a field of the mapping, in words; null when nothing is. */
export function useFault(errors: Record<string, string>): (path: string) => string | null {
  const { t } = useTranslation();
  return (path) => {
    const code = errors[path];
    if (code === undefined) return null;
    return t(`import.fault.${known.includes(code) ? code : 'invalid'}`);
  };
}
