import { useTranslation } from 'react-i18next';
import type { SettingsForm } from './useSettings';

const known = [
  'required',
  'address',
  'tooLong',
  'controlCharacter',
  'amount',
  'privateKey',
  'date',
  'dateOrder',
  'hours',
  'days',
  'listTwice',
];

/** What is wrong with a field, in words; null when nothing is. */
export function useFieldError(form: Pick<SettingsForm, 'errorOf'>): (path: string) => string | null {
  const { t } = useTranslation();
  return (path) => {
    const code = form.errorOf(path);
    if (code === null) return null;
    return t(`settings.error.${known.includes(code) ? code : 'invalid'}`);
  };
}
