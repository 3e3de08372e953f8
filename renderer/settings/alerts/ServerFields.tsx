import { Button, Group, Input, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mailSecurities } from '../../../contract/mail';
import type { OpenMail } from './useMail';
import { useMailError } from './useMailError';

/** The usual port of each kind of connection (RFC 8314 3.3, RFC 5321). */
const usualPorts = { starttls: '587', tls: '465', none: '25' } as const;

/** The mail server: where it is, how the connection is protected, and who signs in. */
export function ServerFields({ form }: { form: OpenMail }) {
  const { t } = useTranslation();
  const errorOf = useMailError(form);
  const securityLabel = useId();
  const { draft, view } = form;
  const look = { readOnly: view.readOnly, variant: view.readOnly ? 'filled' : 'default' };

  /** A port that nobody chose by hand follows the kind of connection. */
  function setSecurity(value: string): void {
    const security = mailSecurities.find((one) => one === value) ?? 'starttls';
    const usual = Object.values<string>(usualPorts).includes(draft.port);
    form.set({ security, ...(usual ? { port: usualPorts[security] } : {}) });
  }

  return (
    <>
      <Group align="flex-start" gap="sm" wrap="nowrap">
        <TextInput
          {...look}
          flex={1}
          label={t('alerts.settings.mail.host.label')}
          description={t('alerts.settings.mail.host.help')}
          withAsterisk={draft.enabled}
          maxLength={253}
          spellCheck={false}
          value={draft.host}
          error={errorOf('host')}
          onChange={(event) => form.set({ host: event.currentTarget.value.trim() })}
        />
        <TextInput
          {...look}
          w={90}
          label={t('alerts.settings.mail.port.label')}
          description={'\u00a0'}
          inputMode="numeric"
          maxLength={5}
          value={draft.port}
          error={errorOf('port')}
          onChange={(event) => form.set({ port: event.currentTarget.value })}
        />
      </Group>
      <Stack gap={4}>
        <Input.Label labelElement="div" id={securityLabel}>
          {t('alerts.settings.mail.security.label')}
        </Input.Label>
        <SegmentedControl
          size="xs"
          aria-labelledby={securityLabel}
          disabled={view.readOnly}
          value={draft.security}
          onChange={setSecurity}
          data={mailSecurities.map((value) => ({
            value,
            label: t(`alerts.settings.mail.security.${value}`),
          }))}
        />
        {draft.security === 'none' && (
          <Text size="xs" c="orange.9">
            {t('alerts.settings.mail.security.noneWarning')}
          </Text>
        )}
      </Stack>
      <TextInput
        {...look}
        label={t('alerts.settings.mail.user.label')}
        description={t('alerts.settings.mail.user.help')}
        maxLength={320}
        spellCheck={false}
        autoComplete="off"
        value={draft.user}
        error={errorOf('user')}
        onChange={(event) => form.set({ user: event.currentTarget.value })}
      />
      {!view.readOnly && draft.user !== '' && <Password form={form} />}
    </>
  );
}

/** Can be typed and replaced; what has been saved never comes back into the window. */
function Password({ form }: { form: OpenMail }) {
  const { t } = useTranslation();
  const errorOf = useMailError(form);
  const [changing, setChanging] = useState(false);
  const shared = {
    label: t('alerts.settings.mail.password.label'),
    description: t('alerts.settings.mail.password.help'),
    withAsterisk: true,
    error: errorOf('password'),
  };
  if (form.view.passwordSet && !changing && form.password === undefined)
    return (
      <TextInput
        {...shared}
        readOnly
        value={t('settings.secret.kept')}
        rightSectionWidth="auto"
        rightSection={
          <Button size="compact-xs" variant="subtle" mr={6} onClick={() => setChanging(true)}>
            {t('settings.secret.change')}
          </Button>
        }
      />
    );
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <PasswordInput
        {...shared}
        flex={1}
        autoFocus={changing}
        maxLength={512}
        autoComplete="off"
        value={form.password ?? ''}
        onChange={(event) => form.setPassword(event.currentTarget.value)}
      />
      {form.view.passwordSet && (
        <Button
          variant="default"
          onClick={() => {
            setChanging(false);
            form.setPassword(undefined);
          }}
        >
          {t('common.cancel')}
        </Button>
      )}
    </Group>
  );
}
