import { Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldError } from '../useFieldError';
import type { OpenCatalogRules } from './useCatalogRules';

/** How long updates with their old and new values are kept. */
export function HistoryFields({ form }: { form: OpenCatalogRules }) {
  const { t } = useTranslation();
  const fieldError = useFieldError(form);
  return (
    <Stack gap="sm">
      <Stack gap={0}>
        <Title order={3} size="h5">
          {t('catalogRules.history.title')}
        </Title>
        <Text size="xs" c="dimmed">
          {t('catalogRules.history.help')}
        </Text>
      </Stack>
      <TextInput
        label={t('catalogRules.history.keepDays')}
        description={t('catalogRules.history.keepDaysHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="numeric"
        maxLength={4}
        withAsterisk
        value={form.draft.history.keepDays}
        error={fieldError('history.keepDays')}
        onChange={(event) => form.set('history', { keepDays: event.currentTarget.value })}
      />
    </Stack>
  );
}
