import { useTranslation } from 'react-i18next';
import { useFieldError } from '../useFieldError';
import type { MailForm } from './useMail';

const own = ['mailAddress', 'number', 'port', 'minutes', 'tooMany'];

/** What is wrong with a field of the mail form, in words; for a list, with any of its values. */
export function useMailError(form: MailForm): (field: string) => string | null {
  const { t } = useTranslation();
  const general = useFieldError(form);
  return (field) => {
    const path = [field, ...Array.from({ length: 20 }, (_, index) => `${field}.${index}`)].find(
      (one) => form.errorOf(one) !== null,
    );
    if (path === undefined) return null;
    const code = form.errorOf(path) ?? '';
    return own.includes(code) ? t(`alerts.settings.error.${code}`) : general(path);
  };
}
