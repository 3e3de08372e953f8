import { Alert, Button, Group, Paper, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { FlaskConical, MailCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../ui/ProblemNote';
import { FormFrame } from '../FormFrame';
import { QueueNote } from './QueueNote';
import { RecipientFields } from './RecipientFields';
import { ServerFields } from './ServerFields';
import { type OpenMail, useMail } from './useMail';

/** Who is told of trouble by mail, through which server, and how the mails on their way are. */
export function AlertsTab({ onDirty }: { onDirty: (dirty: boolean) => void }) {
  const { t } = useTranslation();
  const form = useMail();
  const { view, draft } = form;

  async function save(): Promise<void> {
    if (await form.save()) notifications.show({ color: 'teal', message: t('alerts.settings.mail.saved') });
  }

  return (
    <FormFrame
      form={form}
      label={t('alerts.settings.mail.save')}
      saving={form.busy === 'saving'}
      onSave={save}
      onDirty={onDirty}
      note={
        <>
          {view?.readOnly && (
            <Alert color="orange" variant="light" icon={<FlaskConical size={18} aria-hidden />}>
              {t('alerts.settings.mail.demo')}
            </Alert>
          )}
          {view?.keychain && <ProblemNote problem={view.keychain} />}
        </>
      }
    >
      {view !== null && draft !== null ? <Fields form={{ ...form, view, draft }} /> : null}
    </FormFrame>
  );
}

function Fields({ form }: { form: OpenMail }) {
  const { t } = useTranslation();
  const { draft, view } = form;

  async function test(): Promise<void> {
    const recipients = await form.test();
    if (recipients === null) return;
    const message = t('alerts.settings.mail.tested', { recipients: recipients.join(', ') });
    notifications.show({ color: 'teal', message, autoClose: 10_000 });
  }

  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Paper withBorder p="md" radius="md">
        <Stack gap="sm">
          <Stack gap={0}>
            <Title order={3} size="h5">
              {t('alerts.settings.mail.title')}
            </Title>
            <Text size="xs" c="dimmed">
              {t('alerts.settings.mail.help')}
            </Text>
          </Stack>
          <Switch
            label={t('alerts.settings.mail.enabled')}
            checked={draft.enabled}
            disabled={view.readOnly}
            onChange={(event) => form.set({ enabled: event.currentTarget.checked })}
          />
          <RecipientFields form={form} />
        </Stack>
      </Paper>
      <Stack gap="md">
        <Paper withBorder p="md" radius="md">
          <Stack gap="sm">
            <ServerFields form={form} />
            <Group>
              <Button
                variant="light"
                leftSection={<MailCheck size={16} aria-hidden />}
                loading={form.busy === 'testing'}
                onClick={() => void test()}
              >
                {t('alerts.settings.mail.test')}
              </Button>
            </Group>
          </Stack>
        </Paper>
        <Paper withBorder p="md" radius="md">
          <QueueNote queue={view.queue} />
        </Paper>
      </Stack>
    </SimpleGrid>
  );
}
