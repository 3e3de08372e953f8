import { Autocomplete, Select, Stack, TagsInput, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type SettingsView, secretsOfWay, signInWays, type TypedSecretName } from '../../contract/settings';
import { BrowserSignIn } from './BrowserSignIn';
import { SecretField } from './SecretField';
import { useFieldError } from './useFieldError';
import type { SettingsForm } from './useSettings';

const loginAddresses = ['https://login.salesforce.com', 'https://test.salesforce.com'];
/** The way that Salesforce recommends comes first (research/salesforce.md 1.1). */
const offeredWays = ['browser', 'clientCredentials', 'jwt', 'password'] as const;
const textFields = ['username', 'clientId', 'identifier', 'warehouse'] as const;

/** What reaches the org: where it is, the way to sign in with just that way's fields, and what is exported. */
export function OrgFields({ form, view }: { form: SettingsForm; view: SettingsView }) {
  const { t } = useTranslation();
  const fieldError = useFieldError(form);
  const { draft } = form;
  if (draft === null) return null;
  const { signIn } = draft.org;
  const secrets = secretsOfWay[signIn];
  const needs = (name: TypedSecretName) => secrets.required.includes(name) || secrets.optional.includes(name);

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
      <Select
        size="sm"
        label={t('settings.signIn.label')}
        description={t(`settings.signIn.way.${signIn}.help`)}
        withAsterisk
        allowDeselect={false}
        readOnly={view.readOnly}
        variant={view.readOnly ? 'filled' : 'default'}
        data={offeredWays.map((way) => ({ value: way, label: t(`settings.signIn.way.${way}.label`) }))}
        value={signIn}
        onChange={(chosen) => {
          const way = signInWays.find((one) => one === chosen);
          if (way !== undefined) form.setOrg({ signIn: way });
        }}
      />
      {(signIn === 'password' || signIn === 'jwt') && text('username', true, 80)}
      {needs('password') && <SecretField name="password" form={form} view={view} />}
      {text('clientId', true, 256)}
      {needs('clientSecret') && (
        <SecretField
          name="clientSecret"
          form={form}
          view={view}
          optional={secrets.optional.includes('clientSecret')}
        />
      )}
      {needs('privateKey') && <SecretField name="privateKey" form={form} view={view} />}
      {signIn === 'browser' && <BrowserSignIn form={form} view={view} />}
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
