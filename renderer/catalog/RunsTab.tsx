import { Badge, Button, Group, Loader, Paper, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { ArrowLeft, History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run, RunStateName } from '../../contract/catalog';
import { EmptyNote } from '../ui/EmptyNote';
import { ProblemNote } from '../ui/ProblemNote';
import { useFormat } from '../ui/useFormat';
import { hasRows } from './hasRows';
import { isAtWork, ProgressPanel, scopeText } from './ProgressPanel';
import { ResultPanel } from './ResultPanel';
import { RowsTable } from './RowsTable';
import { runState } from './runState';
import { useRuns } from './useCatalog';

const colours: Record<RunStateName | 'unsure', string> = {
  reading: 'blue',
  comparing: 'blue',
  planned: 'orange',
  applying: 'blue',
  paused: 'orange',
  saved: 'orange',
  done: 'teal',
  cancelled: 'gray',
  failed: 'red',
  unsure: 'orange',
};

interface RunsTabProps {
  /** The latest run as it stands at this moment, which the history on disk does not know. */
  latest: Run | null;
  onBegun: () => void;
}

/** Who changed what, and when; each run can be opened, and undone: the way back is then watched as the run at work. */
export function RunsTab({ latest, onBegun }: RunsTabProps) {
  const { t } = useTranslation();
  const { loaded, problem, showMore } = useRuns();
  const [openId, setOpenId] = useState<number | null>(null);
  const asItStands = (run: Run): Run => (run.id === latest?.id ? latest : run);
  const listed = loaded?.runs.find((run) => run.id === openId);
  const open = listed === undefined ? null : asItStands(listed);

  if (problem !== null) return <ProblemNote problem={problem} />;
  if (loaded === null) return <Loader size="sm" />;
  const { runs, total } = loaded;
  if (runs.length === 0)
    return <EmptyNote icon={History} title={t('catalog.runs.empty')} text={t('catalog.runs.emptyText')} />;
  if (open !== null)
    return (
      <Stack h="100%" gap="sm" style={{ overflow: 'auto' }}>
        <Button
          variant="subtle"
          size="xs"
          w="fit-content"
          leftSection={<ArrowLeft size={14} aria-hidden />}
          onClick={() => setOpenId(null)}
        >
          {t('catalog.runs.back')}
        </Button>
        {open.id === latest?.id && isAtWork(open) ? (
          <ProgressPanel run={open} />
        ) : (
          <ResultPanel run={open} onBegun={onBegun} />
        )}
        {open.status.state !== 'reading' && open.status.state !== 'comparing' && hasRows(open) && (
          <RowsTable key={open.id} run={open} />
        )}
      </Stack>
    );
  return (
    <Paper withBorder radius="md" h="100%" style={{ overflow: 'hidden' }}>
      <ScrollArea h="100%" type="auto">
        <Table stickyHeader highlightOnHover verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              {(['when', 'what', 'who', 'result'] as const).map((column) => (
                <Table.Th key={column}>{t(`catalog.runs.${column}`)}</Table.Th>
              ))}
              <Table.Th aria-label={t('catalog.runs.open')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map((run) => (
              <RunLine key={run.id} run={asItStands(run)} onOpen={() => setOpenId(run.id)} />
            ))}
          </Table.Tbody>
        </Table>
        {total > runs.length && (
          <Group gap="sm" p="sm" justify="center">
            <Text size="sm" c="dimmed">
              {t('catalog.runs.shown', { shown: runs.length, total })}
            </Text>
            <Button size="compact-sm" variant="default" onClick={showMore}>
              {t('catalog.runs.more')}
            </Button>
          </Group>
        )}
      </ScrollArea>
    </Paper>
  );
}

function RunLine({ run, onOpen }: { run: Run; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status } = run;
  const state = runState(run);
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
          {format.dateTime(run.startedAt)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {t(`catalog.kind.${run.kind}`)}
        </Text>
        <Text size="xs" c="dimmed">
          {scopeText(t, run)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{t(`catalog.trigger.${run.trigger}`, { who: run.who })}</Text>
      </Table.Td>
      <Table.Td miw={190}>
        <Group gap="xs">
          <Badge variant="light" color={colours[state]} tt="none" flex="none">
            {t(`catalog.state.${state}`)}
          </Badge>
          {'applied' in status && state !== 'unsure' && (
            <Text size="sm">
              {t('catalog.runs.applied', {
                count: status.state === 'saved' ? status.left : status.applied,
              })}
            </Text>
          )}
          {run.elsewhere !== null && (
            <Badge variant="default" tt="none" flex="none">
              {t(`catalog.result.elsewhere.${run.elsewhere}`)}
            </Badge>
          )}
          {run.undoneBy !== null && (
            <Badge variant="default" tt="none" flex="none">
              {t('catalog.result.isUndone')}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>
        <Button size="compact-sm" variant="default" onClick={onOpen}>
          {t('catalog.runs.open')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
