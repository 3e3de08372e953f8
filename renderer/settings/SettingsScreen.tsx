import { Alert, Button, Loader, Paper, ScrollArea, SimpleGrid, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { FlaskConical, Save, ShieldCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../contract/settings';
import { ProblemNote } from '../ui/ProblemNote';
import { ScreenHeader } from '../ui/ScreenHeader';
import { LanguageChoice } from './LanguageChoice';
import { OrgFields } from './OrgFields';
import { RulesPanel } from './rules/RulesPanel';
import { StoreFields } from './StoreFields';
import { useSettings } from './useSettings';
import { VerifyPanel } from './VerifyPanel';

export interface SettingsScreenProps {
  mode: 'live' | 'demo';
  onDirty: (dirty: boolean) => void;
}

/** Store and Salesforce credentials, and the check that tells whether all is in place. */
export function SettingsScreen({ mode, onDirty }: SettingsScreenProps) {
  const { t } = useTranslation();
  const form = useSettings();
  const { dirty } = form;
  const [rulesDirty, setRulesDirty] = useState(false);
  useEffect(() => onDirty(dirty || rulesDirty), [dirty, rulesDirty, onDirty]);
  useEffect(() => () => onDirty(false), [onDirty]);

  const fields = useRef<HTMLDivElement>(null);
  const { refusals } = form;
  useEffect(() => {
    if (refusals === 0) return;
    const wrong = fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.focus();
  }, [refusals]);

  async function save(): Promise<boolean> {
    if (!dirty || form.view?.readOnly !== false) return false;
    const saved = await form.save();
    if (saved) notifications.show({ color: 'teal', message: t('settings.saved') });
    return saved;
  }

  useHotkeys([['mod+S', () => void save()]], []);

  return (
    <Stack h="100%" gap="sm" p="lg" pb={0}>
      <ScreenHeader title={t('settings.title')} help={t('settings.help')}>
        <Button
          flex="none"
          leftSection={<Save size={16} aria-hidden />}
          disabled={!dirty || form.view?.readOnly !== false}
          loading={form.saving}
          onClick={() => void save()}
        >
          {t('common.save')}
        </Button>
      </ScreenHeader>
      {form.hasErrors && (
        <Text size="sm" c="red" fw={600} role="alert">
          {t('settings.errors')}
        </Text>
      )}
      <ScrollArea flex={1} mih={0} type="auto" offsetScrollbars>
        <Stack gap="md" pb="lg" ref={fields}>
          {mode === 'demo' && (
            <Alert color="orange" variant="light" icon={<FlaskConical size={18} aria-hidden />}>
              {t('settings.demo')}
            </Alert>
          )}
          {form.problem !== null && <ProblemNote problem={form.problem} />}
          {form.view === null && form.problem === null && <Loader size="sm" />}
          {form.view !== null && <Contents form={form} view={form.view} save={save} />}
          <RulesPanel onDirty={setRulesDirty} />
        </Stack>
      </ScrollArea>
    </Stack>
  );
}

function Contents(props: {
  form: ReturnType<typeof useSettings>;
  view: SettingsView;
  save: () => Promise<boolean>;
}) {
  const { form, view } = props;
  return (
    <>
      {view.keychain !== null && <ProblemNote problem={view.keychain} />}
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
              unsaved={form.dirty}
              onBefore={async () => !form.dirty || props.save()}
              icon={<ShieldCheck size={16} aria-hidden />}
            />
          </Paper>
          <Paper withBorder p="md" radius="md">
            <LanguageChoice />
          </Paper>
        </Stack>
      </SimpleGrid>
    </>
  );
}
