import { Button, Group, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView, TypedSecretName } from '../../contract/settings';
import { useFieldError } from './useFieldError';
import type { SettingsForm } from './useSettings';

export interface SecretFieldProps {
  name: TypedSecretName;
  form: SettingsForm;
  view: SettingsView;
  /** It can be done without, and a saved one can be taken away. */
  optional?: boolean;
}

const maxLengths: Readonly<Record<TypedSecretName, number>> = {
  password: 512,
  clientSecret: 512,
  privateKey: 20_000,
  storeToken: 2048,
};

/** A secret can be typed and replaced; what has been saved never comes back into the window. */
export function SecretField({ name, form, view, optional = false }: SecretFieldProps) {
  const { t } = useTranslation();
  const fieldError = useFieldError(form);
  const [changing, setChanging] = useState(false);
  const typed = form.secrets[name];
  const label = t(`settings.secret.${name}.label`);
  const shared = {
    label: optional ? `${label} ${t('settings.secret.optional')}` : label,
    description: t(`settings.secret.${name}.help`),
    withAsterisk: !optional,
    error: fieldError(`secrets.${name}`),
  };

  if (view.secretsSet[name] && !changing && typed === undefined)
    return (
      <TextInput
        {...shared}
        readOnly
        variant={view.readOnly ? 'filled' : 'default'}
        value={t('settings.secret.kept')}
        rightSectionWidth="auto"
        rightSection={
          view.readOnly ? undefined : (
            <Group gap={0} mr={6} wrap="nowrap">
              {optional && (
                <Button size="compact-xs" variant="subtle" onClick={() => form.setSecret(name, '')}>
                  {t('settings.secret.forget')}
                </Button>
              )}
              <Button size="compact-xs" variant="subtle" onClick={() => setChanging(true)}>
                {t('settings.secret.change')}
              </Button>
            </Group>
          )
        }
      />
    );
  const input = {
    ...shared,
    flex: 1,
    size: 'sm',
    autoFocus: changing,
    maxLength: maxLengths[name],
    autoComplete: 'off',
    value: typed ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      form.setSecret(name, event.currentTarget.value),
  };
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      {name === 'privateKey' ? (
        <Textarea
          {...input}
          autosize
          minRows={3}
          maxRows={6}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
      ) : (
        <PasswordInput {...input} />
      )}
      {view.secretsSet[name] && (
        <Button
          variant="default"
          onClick={() => {
            setChanging(false);
            form.setSecret(name, undefined);
          }}
        >
          {t('common.cancel')}
        </Button>
      )}
    </Group>
  );
}
