import { Paper, SimpleGrid, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { FormFrame } from '../FormFrame';
import { GuardFields } from './GuardFields';
import { HistoryFields } from './HistoryFields';
import { PriceFields } from './PriceFields';
import { ScheduleFields } from './ScheduleFields';
import { StockFields } from './StockFields';
import { type OpenCatalogRules, useCatalogRules } from './useCatalogRules';

/** How the org's stock and prices become the store's, when they do so by themselves, and when they wait for a person. */
export function CatalogRulesPanel({ onDirty }: { onDirty: (dirty: boolean) => void }) {
  const { t } = useTranslation();
  const form = useCatalogRules();
  const { draft } = form;

  async function save(): Promise<void> {
    if (await form.save()) notifications.show({ color: 'teal', message: t('catalogRules.saved') });
  }

  return (
    <FormFrame
      form={form}
      label={t('catalogRules.save')}
      saving={form.saving}
      onSave={save}
      onDirty={onDirty}
    >
      {draft === null ? null : <Fields form={{ ...form, draft }} />}
    </FormFrame>
  );
}

function Fields({ form }: { form: OpenCatalogRules }) {
  return (
    <>
      <Paper withBorder p="md" radius="md">
        <ScheduleFields form={form} />
      </Paper>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Paper withBorder p="md" radius="md">
          <StockFields form={form} />
        </Paper>
        <Stack gap="md">
          <Paper withBorder p="md" radius="md">
            <PriceFields form={form} />
          </Paper>
          <Paper withBorder p="md" radius="md">
            <GuardFields form={form} />
          </Paper>
          <Paper withBorder p="md" radius="md">
            <HistoryFields form={form} />
          </Paper>
        </Stack>
      </SimpleGrid>
    </>
  );
}
