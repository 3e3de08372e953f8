import { SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpenMail } from './useMail';
import { useMailError } from './useMailError';

/** Who gets the mails, from whom, and how soon. */
export function RecipientFields({ form }: { form: OpenMail }) {
  const { t } = useTranslation();
  const errorOf = useMailError(form);
  const { draft, view } = form;
  const look = { readOnly: view.readOnly, variant: view.readOnly ? 'filled' : 'default' };
  const minutes = (name: 'gatherMinutes' | 'downMinutes') => (
    <TextInput
      {...look}
      label={t(`alerts.settings.mail.${name}.label`)}
      description={t(`alerts.settings.mail.${name}.help`)}
      inputMode="numeric"
      maxLength={4}
      value={draft[name]}
      error={errorOf(name)}
      rightSection={t('alerts.settings.mail.minutes')}
      rightSectionWidth={44}
      onChange={(event) => form.set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <TagsInput
        {...look}
        label={t('alerts.settings.mail.recipients.label')}
        description={t('alerts.settings.mail.recipients.help')}
        withAsterisk={draft.enabled}
        maxTags={20}
        // What has been typed counts even when nobody pressed Enter.
        acceptValueOnBlur
        value={draft.recipients}
        error={errorOf('recipients')}
        onChange={(recipients) => form.set({ recipients })}
      />
      <TextInput
        {...look}
        label={t('alerts.settings.mail.from.label')}
        description={t('alerts.settings.mail.from.help')}
        withAsterisk={draft.enabled}
        type="email"
        maxLength={254}
        spellCheck={false}
        value={draft.from}
        error={errorOf('from')}
        onChange={(event) => form.set({ from: event.currentTarget.value })}
      />
      <SimpleGrid cols={2} spacing="sm">
        {minutes('gatherMinutes')}
        {minutes('downMinutes')}
      </SimpleGrid>
    </>
  );
}
