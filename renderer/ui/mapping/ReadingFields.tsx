import { Autocomplete, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wrapperOrder } from './FieldGroup';

/** Offered to choose from; any other can be typed. */
const currencies = ['ARS', 'USD', 'UYU', 'CLP', 'BRL', 'PYG', 'EUR', 'GBP'];

export interface ReadingFieldsProps {
  draft: { decimalMark: ',' | '.'; currency: string };
  fault: (path: string) => string | null;
  onChange: (part: Partial<ReadingFieldsProps['draft']>) => void;
}

/** How the numbers of a file are written, and in which currency its amounts are. */
export function ReadingFields({ draft, fault, onChange }: ReadingFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('import.option.decimalMark.label')}
        description={t('import.option.decimalMark.help')}
        inputWrapperOrder={wrapperOrder}
        data={[
          { value: ',', label: '1.234,56' },
          { value: '.', label: '1,234.56' },
        ]}
        value={draft.decimalMark}
        error={fault('decimalMark')}
        onChange={(value) => onChange({ decimalMark: value === '.' ? '.' : ',' })}
      />
      <Autocomplete
        label={t('import.option.currency.label')}
        description={t('import.option.currency.help')}
        inputWrapperOrder={wrapperOrder}
        size="sm"
        withAsterisk
        maxLength={3}
        data={currencies}
        // All of them stay on offer although one is already written.
        filter={({ options }) => options}
        value={draft.currency}
        error={fault('currency')}
        onChange={(currency) => onChange({ currency: currency.toUpperCase() })}
      />
    </>
  );
}
