import { Loader, Paper, SimpleGrid, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../ui/ProblemNote';
import { SaveBar } from '../SaveBar';
import { useShowFirstError } from '../useShowFirstError';
import { AmountFields } from './AmountFields';
import { BuyerFields } from './BuyerFields';
import { HoldFields } from './HoldFields';
import { PreviewNote } from './PreviewNote';
import { type OpenRules, useRules } from './useRules';

/** How orders go into the org and which of them wait, with an example that follows what is chosen. */
export function RulesPanel({ onDirty }: { onDirty: (dirty: boolean) => void }) {
  const { t } = useTranslation();
  const form = useRules();
  const { dirty, refusals, view, draft } = form;
  useEffect(() => onDirty(dirty), [dirty, onDirty]);

  const fields = useShowFirstError(refusals);

  async function save(): Promise<void> {
    if (await form.save()) notifications.show({ color: 'teal', message: t('rules.saved') });
  }

  useHotkeys([['mod+S', () => void save()]], []);

  return (
    <Stack gap="md" ref={fields}>
      {form.problem !== null && <ProblemNote problem={form.problem} />}
      {view === null && form.problem === null && <Loader size="sm" />}
      {view !== null && draft !== null && <Fields form={{ ...form, view, draft }} />}
      {dirty && (
        <SaveBar
          label={t('rules.save')}
          saving={form.saving}
          onSave={() => void save()}
          onDiscard={form.discard}
        />
      )}
    </Stack>
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
