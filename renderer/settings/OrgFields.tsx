import { Autocomplete, Stack, TagsInput, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../contract/settings';
import { SecretField } from './SecretField';
import { useFieldError } from './useFieldError';
import type { SettingsForm } from './useSettings';

const loginAddresses = ['https://login.salesforce.com', 'https://test.salesforce.com'];
const textFields = ['username', 'clientId', 'identifier', 'warehouse'] as const;

/** What reaches the org: the seven fields of the connection and its login address. */
export function OrgFields({ form, view }: { form: SettingsForm; view: SettingsView }) {
  const { t } = useTranslation();
  const fieldError = useFieldError(form);
  const { draft } = form;
  if (draft === null) return null;

  const text = (name: (typeof textFields)[number], required: boolean, maxLength: number) => (
    <TextInput
      key={name}
      label={t(`settings.org.${name}.label`)}
      description={t(`settings.org.${name}.help`)}
      withAsterisk={required}
      maxLength={maxLength}
      readOnly={view.readOnly}
      variant={view.readOnly ? 'filled' : 'default'}
      spellCheck={false}
      value={draft.org[name]}
      error={fieldError(`org.${name}`)}
      onChange={(event) => form.setOrg({ [name]: event.currentTarget.value })}
    />
  );

  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t('settings.org.title')}
      </Title>
      <Autocomplete
        size="sm"
        label={t('settings.org.loginUrl.label')}
        description={t('settings.org.loginUrl.help')}
        withAsterisk
        maxLength={500}
        readOnly={view.readOnly}
        variant={view.readOnly ? 'filled' : 'default'}
        data={loginAddresses}
        value={draft.org.loginUrl}
        error={fieldError('org.loginUrl')}
        onChange={(loginUrl) => form.setOrg({ loginUrl })}
      />
      {text('username', true, 80)}
      <SecretField name="password" form={form} view={view} />
      {text('clientId', true, 256)}
      <SecretField name="clientSecret" form={form} view={view} />
      {text('identifier', true, 40)}
      {text('warehouse', false, 255)}
      <TagsInput
        size="sm"
        label={t('settings.org.companies.label')}
        description={t('settings.org.companies.help')}
        maxTags={50}
        readOnly={view.readOnly}
        variant={view.readOnly ? 'filled' : 'default'}
        value={draft.org.companies}
        error={fieldError('org.companies')}
        onChange={(companies) => form.setOrg({ companies })}
      />
    </Stack>
  );
}
