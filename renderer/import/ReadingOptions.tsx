import { Radio, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportMappingDraft } from '../../contract/import';
import { FieldGroup, wrapperOrder } from '../ui/mapping/FieldGroup';
import { ReadingFields } from '../ui/mapping/ReadingFields';
import { useFault } from './useFault';

const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
const taxIdKinds = ['argentina', 'any'] as const;
const serviceWays = ['asLines', 'leaveOut'] as const;

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
    <FieldGroup title={t('import.group.reading')}>
      <Select
        {...shared('dateOrder')}
        data={dateOrders.map((value) => ({ value, label: t(`import.option.dateOrder.${value}`) }))}
        value={draft.dateOrder}
        onChange={(value) => onChange({ dateOrder: dateOrders.find((one) => one === value) ?? 'dmy' })}
      />
      <ReadingFields draft={draft} fault={fault} onChange={onChange} />
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
    </FieldGroup>
  );
}
