import { useTranslation } from 'react-i18next';

/** A kept decimal in a field, with the mark that people of this language type; main reads both. */
export function useTypedNumber(): (value: string) => string {
  const { i18n } = useTranslation();
  return (value) => (i18n.language === 'en' ? value : value.replace('.', ','));
}
