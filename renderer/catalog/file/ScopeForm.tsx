import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { ArrowLeft, CircleCheck, ListChecks, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdatePart } from '../../../contract/catalogRules';
import type { CatalogView } from '../../../contract/catalogView';
import { useFormat } from '../../ui/useFormat';
import { PartField } from '../PartField';
import { ScopeFields } from '../ScopeFields';
import type { CatalogFileState, FileStep } from './useCatalogFile';

interface ScopeFormProps {
  state: CatalogFileState;
  step: Extract<FileStep, { name: 'scope' }>;
  view: CatalogView;
}

/** What the file holds, and which of the org's stock and prices are to go into it. */
export function ScopeForm({ state, step, view }: ScopeFormProps) {
  const { t } = useTranslation();
  const [scope, setScope] = useState({ warehouse: view.warehouse, companies: view.companies });
  const [part, setPart] = useState<UpdatePart>('both');
  const { stock, price } = step.draft.columns;
  const hasBoth = stock !== undefined && price !== undefined;

  return (
    <Paper withBorder radius="md" p="lg" maw={720}>
      <Stack gap="md">
        <FoundNote step={step} />
        <ScopeFields value={scope} onChange={setScope} />
        {hasBoth && <PartField value={part} onChange={setPart} />}
        <Group gap="sm">
          <Button
            variant="default"
            disabled={state.busy}
            leftSection={<ArrowLeft size={16} aria-hidden />}
            onClick={state.toMapping}
          >
            {t('import.back.review')}
          </Button>
          <Button
            leftSection={<ListChecks size={16} aria-hidden />}
            loading={state.busy}
            onClick={() => void state.plan({ ...scope, part, reading: 'auto' })}
          >
            {t('catalog.start.plan')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

/** How many products the file holds, and which of its rows need a look. */
function FoundNote({ step }: { step: ScopeFormProps['step'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file, ready } = step;
  const clean = ready.findings.length === 0;
  return (
    <Stack gap="xs">
      <Stack gap={2}>
        <Title order={3} size="h4" style={{ overflowWrap: 'anywhere' }}>
          {file.name}
        </Title>
        <Text size="sm" c="dimmed">
          {t('catalogFile.found.products', { count: ready.products })}
        </Text>
      </Stack>
      <Alert
        variant="light"
        color={clean ? 'teal' : 'orange'}
        icon={clean ? <CircleCheck size={18} aria-hidden /> : <TriangleAlert size={18} aria-hidden />}
      >
        {clean && <Text size="sm">{t('catalogFile.found.clean')}</Text>}
        {ready.findings.map(({ finding, rows, row, value }) => (
          <Text key={finding} size="sm">
            {t(`catalogFile.finding.${finding}`, { count: rows, rows: format.count(rows) })}{' '}
            <Text span c="dimmed">
              {value === ''
                ? t('catalogFile.found.row', { row: String(row) })
                : t('catalogFile.found.rowValue', { row: String(row), value })}
            </Text>
          </Text>
        ))}
      </Alert>
    </Stack>
  );
}
