import { Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../contract/settings';
import { SecretField } from './SecretField';
import { useFieldError } from './useFieldError';
import type { SettingsForm } from './useSettings';

/** Where orders come from: the store's API, or files only. */
export function StoreFields({ form, view }: { form: SettingsForm; view: SettingsView }) {
  const { t } = useTranslation();
  const fieldError = useFieldError(form);
  const { draft } = form;
  if (draft === null) return null;
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t('settings.store.title')}
      </Title>
      <Radio.Group
        aria-label={t('settings.store.title')}
        value={draft.store.kind}
        onChange={(kind) => form.setStore({ kind: kind === 'http' ? 'http' : 'none' })}
      >
        <Stack gap="xs">
          {(['http', 'none'] as const).map((kind) => (
            <Radio
              key={kind}
              value={kind}
              disabled={view.readOnly}
              label={t(`settings.store.${kind}.label`)}
              description={t(`settings.store.${kind}.help`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {draft.store.kind === 'http' && (
        <>
          <TextInput
            label={t('settings.store.baseUrl.label')}
            description={t('settings.store.baseUrl.help')}
            withAsterisk
            maxLength={500}
            readOnly={view.readOnly}
            variant={view.readOnly ? 'filled' : 'default'}
            spellCheck={false}
            value={draft.store.baseUrl}
            error={fieldError('store.baseUrl')}
            onChange={(event) => form.setStore({ baseUrl: event.currentTarget.value })}
          />
          <SecretField name="storeToken" form={form} view={view} />
          <Text size="xs" c="dimmed">
            {t('settings.store.unverified')}
          </Text>
        </>
      )}
    </Stack>
  );
}
