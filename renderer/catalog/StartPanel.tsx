import { Button, Checkbox, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { ListChecks, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UpdatePart, updateParts } from '../../contract/catalogRules';
import type { CatalogView } from '../../contract/catalogView';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';
import { AskedProblem } from './AskedProblem';
import { CompaniesField, WarehouseField } from './ScopeFields';
import { useChoices } from './useCatalog';

/** What an update is to take: the settings' warehouse and companies, or others for this once. */
export function StartPanel({ view }: { view: CatalogView }) {
  const { t } = useTranslation();
  const answered = useAnswer();
  const { choices, problem, load } = useChoices(true);
  const [warehouse, setWarehouse] = useState(view.warehouse);
  const [companies, setCompanies] = useState<string[]>(view.companies);
  const [part, setPart] = useState<UpdatePart>('both');
  const [full, setFull] = useState(false);
  const [starting, setStarting] = useState(false);

  async function start(applyAtOnce: boolean): Promise<void> {
    setStarting(true);
    const choice = { warehouse, companies, part, reading: full ? 'full' : 'auto' } as const;
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
        {problem !== null && (
          <>
            <AskedProblem problem={problem} />
            <Button variant="default" w="fit-content" onClick={() => void load()}>
              {t('catalog.start.loadAgain')}
            </Button>
          </>
        )}
        <WarehouseField
          choices={choices}
          value={warehouse}
          onChange={setWarehouse}
          loading={problem === null}
        />
        <CompaniesField choices={choices} value={companies} onChange={setCompanies} />
        <Stack gap={4}>
          <Text size="sm" fw={500} id="catalog-part">
            {t('catalog.start.part')}
          </Text>
          <SegmentedControl
            w="fit-content"
            aria-labelledby="catalog-part"
            value={part}
            onChange={(value) => setPart(updateParts.find((one) => one === value) ?? 'both')}
            data={updateParts.map((value) => ({ value, label: t(`catalog.part.${value}`) }))}
          />
        </Stack>
        <Checkbox
          label={t('catalog.start.full')}
          description={t('catalog.start.fullHelp')}
          checked={full}
          onChange={(event) => setFull(event.currentTarget.checked)}
        />
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
