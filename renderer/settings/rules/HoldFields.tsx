import { Checkbox, SimpleGrid, Stack, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldError } from '../useFieldError';
import type { OpenRules } from './useRules';
import { useTypedNumber } from './useTypedNumber';

const switches = ['newBuyers', 'salesRepOrders', 'withNotes', 'otherCompanies'] as const;

/** Which orders wait for a person although they could go by themselves. */
export function HoldFields({ form }: { form: OpenRules }) {
  const { t } = useTranslation();
  const asTyped = useTypedNumber();
  const fieldError = useFieldError(form);
  const { hold } = form.draft;
  const { companies } = form.view;
  const day = (field: 'confirmedFrom' | 'confirmedTo') => (
    <TextInput
      type="date"
      label={t(`rules.hold.${field}`)}
      value={hold[field] ?? ''}
      error={fieldError(`hold.${field}`)}
      onChange={(event) => form.set('hold', { [field]: event.currentTarget.value || null })}
    />
  );

  return (
    <Stack gap="sm">
      <Stack gap={0}>
        <Title order={3} size="h5">
          {t('rules.hold.title')}
        </Title>
        <Text size="xs" c="dimmed">
          {t('rules.hold.help')}
        </Text>
      </Stack>
      {switches.map((name) => (
        <Checkbox
          key={name}
          label={t(`rules.hold.${name}`)}
          description={
            name === 'otherCompanies'
              ? t(companies.length === 0 ? 'rules.hold.noCompanies' : 'rules.hold.theseCompanies', {
                  companies: companies.join(', '),
                })
              : undefined
          }
          checked={hold[name]}
          onChange={(event) => form.set('hold', { [name]: event.currentTarget.checked })}
        />
      ))}
      <TextInput
        label={t('rules.hold.totalOver')}
        description={t('rules.hold.totalOverHelp')}
        inputMode="decimal"
        maxLength={15}
        value={asTyped(hold.totalOver ?? '')}
        error={fieldError('hold.totalOver')}
        onChange={(event) => form.set('hold', { totalOver: event.currentTarget.value || null })}
      />
      <SimpleGrid cols={2} spacing="sm">
        {day('confirmedFrom')}
        {day('confirmedTo')}
      </SimpleGrid>
      <TagsInput
        label={t('rules.hold.paymentTerms')}
        description={t('rules.hold.paymentTermsHelp')}
        maxTags={50}
        value={hold.paymentTerms}
        error={fieldError('hold.paymentTerms')}
        onChange={(paymentTerms) => form.set('hold', { paymentTerms })}
      />
    </Stack>
  );
}
