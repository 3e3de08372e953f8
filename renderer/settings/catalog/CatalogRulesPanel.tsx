import { Loader, Paper, SimpleGrid, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../ui/ProblemNote';
import { SaveBar } from '../SaveBar';
import { useShowFirstError } from '../useShowFirstError';
import { GuardFields } from './GuardFields';
import { HistoryFields } from './HistoryFields';
import { PriceFields } from './PriceFields';
import { ScheduleFields } from './ScheduleFields';
import { StockFields } from './StockFields';
import { useCatalogRules } from './useCatalogRules';

/** How the org's stock and prices become the store's, when they do so by themselves, and when they wait for a person. */
export function CatalogRulesPanel({ onDirty }: { onDirty: (dirty: boolean) => void }) {
  const { t } = useTranslation();
  const form = useCatalogRules();
  const { dirty, refusals, draft } = form;
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  const fields = useShowFirstError(refusals);

  async function save(): Promise<void> {
    if (await form.save()) notifications.show({ color: 'teal', message: t('catalogRules.saved') });
  }

  useHotkeys([['mod+S', () => void save()]], []);

  return (
    <Stack gap="md" ref={fields}>
      {form.problem !== null && <ProblemNote problem={form.problem} />}
      {draft === null && form.problem === null && <Loader size="sm" />}
      {draft !== null && (
        <Paper withBorder p="md" radius="md">
          <ScheduleFields form={{ ...form, draft }} />
        </Paper>
      )}
      {draft !== null && (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Paper withBorder p="md" radius="md">
            <StockFields form={{ ...form, draft }} />
          </Paper>
          <Stack gap="md">
            <Paper withBorder p="md" radius="md">
              <PriceFields form={{ ...form, draft }} />
            </Paper>
            <Paper withBorder p="md" radius="md">
              <GuardFields form={{ ...form, draft }} />
            </Paper>
            <Paper withBorder p="md" radius="md">
              <HistoryFields form={{ ...form, draft }} />
            </Paper>
          </Stack>
        </SimpleGrid>
      )}
      {dirty && (
        <SaveBar
          label={t('catalogRules.save')}
          saving={form.saving}
          onSave={() => void save()}
          onDiscard={form.discard}
        />
      )}
    </Stack>
  );
}
