import { useTranslation } from 'react-i18next';

/** Writes several things as a person would: "a, b y c". */
export function useList(): (items: readonly string[]) => string {
  const { i18n } = useTranslation();
  const format = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  return (items) => format.format(items);
}
