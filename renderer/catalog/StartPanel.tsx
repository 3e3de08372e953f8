import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { ListChecks, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdatePart } from '../../contract/catalogRules';
import type { CatalogView } from '../../contract/catalogView';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';
import { FullField } from './FullField';
import { PartField } from './PartField';
import { ScopeFields } from './ScopeFields';

/** What an update is to take: the settings' warehouse and companies, or others for this once. */
export function StartPanel({ view }: { view: CatalogView }) {
  const { t } = useTranslation();
  const answered = useAnswer();
  const [scope, setScope] = useState({ warehouse: view.warehouse, companies: view.companies });
  const [part, setPart] = useState<UpdatePart>('both');
  const [full, setFull] = useState(false);
  const [starting, setStarting] = useState(false);

  async function start(applyAtOnce: boolean): Promise<void> {
    setStarting(true);
    const choice = { ...scope, part, reading: full ? 'full' : 'auto' } as const;
    await answered(call('catalog.start', { choice, applyAtOnce }));
    setStarting(false);
  }

  return (
    <Paper withBorder radius="md" p="lg" maw={720}>
      <Stack gap="md">
        <Stack gap={2}>
          <Title order={3} size="h4">
            {t('catalog.start.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('catalog.start.help')}
          </Text>
        </Stack>
        <ScopeFields value={scope} onChange={setScope} />
        <PartField value={part} onChange={setPart} />
        <FullField value={full} onChange={setFull} />
        <Group gap="sm">
          <Button
            leftSection={<ListChecks size={16} aria-hidden />}
            loading={starting}
            onClick={() => void start(false)}
          >
            {t('catalog.start.plan')}
          </Button>
          <Button
            variant="default"
            leftSection={<RefreshCw size={16} aria-hidden />}
            disabled={starting}
            onClick={() => void start(true)}
          >
            {t('catalog.start.now')}
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {t('catalog.start.nowHelp')}
        </Text>
      </Stack>
    </Paper>
  );
}
