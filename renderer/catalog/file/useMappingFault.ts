import { useTranslation } from 'react-i18next';

const ours = ['nothingToWrite', 'priceWithLists', 'notNumbers', 'noSkus', 'required'];
const shared = ['columnMissing', 'columnUsedTwice', 'currency'];

/** What is wrong with a field of the mapping, in words; null when nothing is. */
export function useMappingFault(errors: Record<string, string>): (path: string) => string | null {
  const { t } = useTranslation();
  return (path) => {
    const code = errors[path];
    if (code === undefined) return null;
    if (ours.includes(code)) return t(`catalogFile.fault.${code}`);
    return t(`import.fault.${shared.includes(code) ? code : 'invalid'}`);
  };
}
