import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../ui/ProblemNote';
import { FormFrame } from './FormFrame';
import { OrgFields } from './OrgFields';
import { StoreFields } from './StoreFields';
import { useSettings } from './useSettings';
import { VerifyPanel } from './VerifyPanel';

/** Store and Salesforce credentials, and the check that tells whether all is in place. */
export function ConnectionTab({ onDirty }: { onDirty: (dirty: boolean) => void }) {
  const { t } = useTranslation();
  const form = useSettings();
  const { dirty, view } = form;

  async function save(): Promise<boolean> {
    if (!dirty || view?.readOnly !== false) return false;
    const saved = await form.save();
    if (saved) notifications.show({ color: 'teal', message: t('settings.saved') });
    return saved;
  }

  return (
    <FormFrame
      form={form}
      label={t('common.save')}
      saving={form.saving}
      onSave={save}
      onDirty={onDirty}
      note={
        <>
          {form.hasErrors && (
            <Text size="sm" c="red" fw={600} role="alert">
              {t('settings.errors')}
            </Text>
          )}
          {view?.keychain && <ProblemNote problem={view.keychain} />}
        </>
      }
    >
      {view === null ? null : (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Paper withBorder p="md" radius="md">
            <OrgFields form={form} view={view} />
          </Paper>
          <Stack gap="md">
            <Paper withBorder p="md" radius="md">
              <StoreFields form={form} view={view} />
            </Paper>
            <Paper withBorder p="md" radius="md">
              <VerifyPanel
                unsaved={dirty}
                onBefore={async () => !dirty || save()}
                icon={<ShieldCheck size={16} aria-hidden />}
              />
            </Paper>
          </Stack>
        </SimpleGrid>
      )}
    </FormFrame>
  );
}
