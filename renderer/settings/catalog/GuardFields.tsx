import { Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTypedNumber } from '../rules/useTypedNumber';
import { useFieldError } from '../useFieldError';
import type { OpenCatalogRules } from './useCatalogRules';

const limits = ['toZeroPercent', 'priceMovePercent', 'missingPercent'] as const;

/** The limits above which a plan waits for a person, even where one click was to do. */
export function GuardFields({ form }: { form: OpenCatalogRules }) {
  const { t } = useTranslation();
  const asTyped = useTypedNumber();
  const fieldError = useFieldError(form);
  const { guard } = form.draft;
  return (
    <Stack gap="sm">
      <Stack gap={0}>
        <Title order={3} size="h5">
          {t('catalogRules.guard.title')}
        </Title>
        <Text size="xs" c="dimmed">
          {t('catalogRules.guard.help')}
        </Text>
      </Stack>
      {limits.map((name) => (
        <TextInput
          key={name}
          label={t(`catalogRules.guard.${name}`)}
          inputMode="decimal"
          maxLength={6}
          value={asTyped(guard[name] ?? '')}
          error={fieldError(`guard.${name}`)}
          onChange={(event) => form.set('guard', { [name]: event.currentTarget.value || null })}
        />
      ))}
    </Stack>
  );
}
