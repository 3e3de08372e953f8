import { Button, Group, Loader, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { Save } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../ui/ProblemNote';
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
  useEffect(() => () => onDirty(false), [onDirty]);

  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusals === 0) return;
    const wrong = fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.focus();
  }, [refusals]);

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
        <Paper
          withBorder
          shadow="sm"
          radius="md"
          px="md"
          py="xs"
          style={{ position: 'sticky', bottom: 0, zIndex: 2 }}
        >
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{t('rules.unsaved')}</Text>
            <Group gap="xs" wrap="nowrap">
              <Button variant="default" onClick={() => form.discard()}>
                {t('rules.discard')}
              </Button>
              <Button
                leftSection={<Save size={16} aria-hidden />}
                loading={form.saving}
                onClick={() => void save()}
              >
                {t('rules.save')}
              </Button>
            </Group>
          </Group>
        </Paper>
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
