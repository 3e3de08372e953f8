import { Radio, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { vatStatuses } from '../../../contract/order';
import { buyerPolicies } from '../../../contract/rules';
import { useFieldError } from '../useFieldError';
import type { OpenRules } from './useRules';

/** What happens to the buyer, how his VAT status is written, and whether the order is activated. */
export function BuyerFields({ form }: { form: OpenRules }) {
  const { t } = useTranslation();
  const fieldError = useFieldError(form);
  const { draft, view } = form;
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t('rules.buyer.title')}
      </Title>
      <Radio.Group
        label={t('rules.buyer.policy')}
        value={draft.buyerPolicy}
        onChange={(chosen) => {
          const buyerPolicy = buyerPolicies.find((policy) => policy === chosen);
          if (buyerPolicy !== undefined) form.setTop({ buyerPolicy });
        }}
      >
        <Stack gap="xs" mt={6}>
          {buyerPolicies.map((policy) => (
            <Radio
              key={policy}
              value={policy}
              label={t(`rules.buyer.${policy}.label`)}
              description={t(`rules.buyer.${policy}.help`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('rules.activateAs.label')}
        description={t('rules.activateAs.help')}
        placeholder={t('rules.activateAs.placeholder')}
        maxLength={255}
        spellCheck={false}
        value={draft.activateAs}
        error={fieldError('activateAs')}
        onChange={(event) => form.setTop({ activateAs: event.currentTarget.value })}
      />
      <Stack gap={6} role="group" aria-labelledby="vat-codes">
        <Stack gap={0}>
          <Text size="sm" fw={600} id="vat-codes">
            {t('rules.vat.title')}
          </Text>
          <Text size="xs" c="dimmed">
            {t('rules.vat.help')}
          </Text>
        </Stack>
        <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
          {vatStatuses.map((status) => (
            <TextInput
              key={status}
              size="xs"
              label={t(`rules.vat.${status}`)}
              placeholder={view.vatDefaults[status]}
              maxLength={255}
              spellCheck={false}
              value={draft.vatCodes[status]}
              error={fieldError(`vatCodes.${status}`)}
              onChange={(event) => form.set('vatCodes', { [status]: event.currentTarget.value })}
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Stack>
  );
}
