import { Autocomplete, Radio, Select, Stack, TagsInput, TextInput, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportMappingDraft } from '../../contract/import';
import { currencies } from '../ui/currencies';
import classes from './Import.module.css';
import { useFault } from './useFault';

const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
const decimalMarks = [',', '.'] as const;
const taxIdKinds = ['argentina', 'any'] as const;
const serviceWays = ['asLines', 'leaveOut'] as const;

/** The help stands below, so that fields side by side are on one line. */
const wrapperOrder: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

export interface ReadingOptionsProps {
  draft: ImportMappingDraft;
  errors: Record<string, string>;
  onChange: (part: Partial<ImportMappingDraft>) => void;
}

/** How the values are read: what no header tells. */
export function ReadingOptions({ draft, errors, onChange }: ReadingOptionsProps) {
  const { t } = useTranslation();
  const fault = useFault(errors);
  const zones = useMemo(
    () => [...new Set([draft.timeZone, ...Intl.supportedValuesOf('timeZone')])].filter((zone) => zone !== ''),
    [draft.timeZone],
  );
  const shared = (name: string) => ({
    label: t(`import.option.${name}.label`),
    description: t(`import.option.${name}.help`),
    inputWrapperOrder: wrapperOrder,
    error: fault(name),
  });
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('import.group.reading')}
      </Title>
      <div className={classes['fields']}>
        <Select
          {...shared('dateOrder')}
          data={dateOrders.map((value) => ({ value, label: t(`import.option.dateOrder.${value}`) }))}
          value={draft.dateOrder}
          onChange={(value) => onChange({ dateOrder: dateOrders.find((one) => one === value) ?? 'dmy' })}
        />
        <Select
          {...shared('decimalMark')}
          data={[
            { value: ',', label: '1.234,56' },
            { value: '.', label: '1,234.56' },
          ]}
          value={draft.decimalMark}
          onChange={(value) => onChange({ decimalMark: decimalMarks.find((one) => one === value) ?? ',' })}
        />
        <Autocomplete
          {...shared('currency')}
          size="sm"
          withAsterisk
          maxLength={3}
          data={currencies}
          // All of them stay on offer although one is already written.
          filter={({ options }) => options}
          value={draft.currency}
          onChange={(currency) => onChange({ currency: currency.toUpperCase() })}
        />
        <Select
          {...shared('timeZone')}
          withAsterisk
          searchable
          limit={100}
          nothingFoundMessage={t('import.option.timeZone.none')}
          data={zones}
          value={draft.timeZone}
          onChange={(timeZone) => timeZone !== null && onChange({ timeZone })}
        />
        <Select
          {...shared('taxIdKind')}
          data={taxIdKinds.map((value) => ({ value, label: t(`import.option.taxIdKind.${value}`) }))}
          value={draft.taxIdKind}
          onChange={(value) => onChange({ taxIdKind: taxIdKinds.find((one) => one === value) ?? 'any' })}
        />
        <TextInput
          {...shared('buyerNamePattern')}
          maxLength={120}
          value={draft.buyerNamePattern}
          onChange={(event) => onChange({ buyerNamePattern: event.currentTarget.value })}
        />
        <TextInput
          {...shared('cancellationPrefix')}
          maxLength={10}
          value={draft.cancellationPrefix}
          onChange={(event) => onChange({ cancellationPrefix: event.currentTarget.value })}
        />
        <TagsInput
          {...shared('serviceCodes')}
          size="sm"
          maxTags={50}
          acceptValueOnBlur
          value={draft.serviceCodes}
          onChange={(serviceCodes) => onChange({ serviceCodes })}
        />
        {draft.serviceCodes.length > 0 && (
          <Radio.Group
            size="sm"
            label={t('import.option.serviceLines.label')}
            description={t('import.option.serviceLines.help')}
            value={draft.serviceLines}
            onChange={(value) =>
              onChange({ serviceLines: serviceWays.find((one) => one === value) ?? 'asLines' })
            }
          >
            <Stack gap={6} mt={6}>
              {serviceWays.map((value) => (
                <Radio key={value} value={value} size="xs" label={t(`import.option.serviceLines.${value}`)} />
              ))}
            </Stack>
          </Radio.Group>
        )}
      </div>
    </Stack>
  );
}
