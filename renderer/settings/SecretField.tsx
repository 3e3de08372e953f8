import { Button, Group, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView, TypedSecretName } from '../../contract/settings';
import { useFieldError } from './useFieldError';
import type { SettingsForm } from './useSettings';

export interface SecretFieldProps {
  name: TypedSecretName;
  form: SettingsForm;
  view: SettingsView;
}

/** A secret can be typed and replaced; what has been saved never comes back into the window. */
export function SecretField({ name, form, view }: SecretFieldProps) {
  const { t } = useTranslation();
  const fieldError = useFieldError(form);
  const [changing, setChanging] = useState(false);
  const typed = form.secrets[name];
  const shared = {
    label: t(`settings.secret.${name}.label`),
    description: t(`settings.secret.${name}.help`),
    withAsterisk: true,
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
            <Button size="compact-xs" variant="subtle" mr={6} onClick={() => setChanging(true)}>
              {t('settings.secret.change')}
            </Button>
          )
        }
      />
    );
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <PasswordInput
        {...shared}
        flex={1}
        size="sm"
        autoFocus={changing}
        maxLength={name === 'storeToken' ? 2048 : 512}
        autoComplete="off"
        value={typed ?? ''}
        onChange={(event) => form.setSecret(name, event.currentTarget.value)}
      />
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
