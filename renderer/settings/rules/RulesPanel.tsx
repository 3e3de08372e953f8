import { Paper, SimpleGrid, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { FormFrame } from '../FormFrame';
import { AmountFields } from './AmountFields';
import { BuyerFields } from './BuyerFields';
import { HoldFields } from './HoldFields';
import { PreviewNote } from './PreviewNote';
import { type OpenRules, useRules } from './useRules';

/** How orders go into the org and which of them wait, with an example that follows what is chosen. */
export function RulesPanel({ onDirty }: { onDirty: (dirty: boolean) => void }) {
  const { t } = useTranslation();
  const form = useRules();
  const { view, draft } = form;

  async function save(): Promise<void> {
    if (await form.save()) notifications.show({ color: 'teal', message: t('rules.saved') });
  }

  return (
    <FormFrame form={form} label={t('rules.save')} saving={form.saving} onSave={save} onDirty={onDirty}>
      {view !== null && draft !== null ? <Fields form={{ ...form, view, draft }} /> : null}
    </FormFrame>
  );
}

function Fields({ form }: { form: OpenRules }) {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Stack gap="md">
        <Paper withBorder p="md" radius="md">
          <AmountFields form={form} />
        </Paper>
        <Paper withBorder p="md" radius="md">
          <BuyerFields form={form} />
        </Paper>
      </Stack>
      <Stack gap="md">
        <Paper withBorder p="md" radius="md">
          <PreviewNote preview={form.preview} />
        </Paper>
        <Paper withBorder p="md" radius="md">
          <HoldFields form={form} />
        </Paper>
      </Stack>
    </SimpleGrid>
  );
}
