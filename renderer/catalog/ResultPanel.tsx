import { Alert, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { Check, Play, RotateCw, ShieldAlert, Undo2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../contract/calls';
import { lostTo, type Run } from '../../contract/catalog';
import type { Problem } from '../../contract/problem';
import { call } from '../bridge/bridge';
import { warningColor } from '../theme';
import { ProblemNote } from '../ui/ProblemNote';
import { useAnswer } from '../ui/useAnswer';
import { useFormat } from '../ui/useFormat';
import { AskedProblem } from './AskedProblem';
import { commonPart } from './commonPart';
import { FileActions, SavedNote } from './file/FileActions';
import { scopeText, workOf } from './ProgressPanel';
import { mayBeWritten, runState } from './runState';
import { SummaryGrid } from './SummaryGrid';
import { UnreadableNote } from './UnreadableNote';

interface ResultPanelProps {
  run: Run;
  onAgain?: () => void;
  /** Another run has begun from this one: its way back, or a retry. */
  onBegun?: () => void;
}

/** A plan that waits, or what became of it: the counts, what stands in its way, and what can be done. */
export function ResultPanel({ run, onAgain, onBegun }: ResultPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status } = run;
  const { lost } = waysFrom(run);
  return (
    <Paper withBorder radius="md" p="lg">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs" align="flex-start">
          <Stack gap={2} flex={1} miw={300}>
            <Title order={3} size="h4">
              {title(t, run)}
            </Title>
            <Text size="sm" c="dimmed">
              {[
                scopeText(t, run),
                t(`catalog.trigger.${run.trigger}`, { who: run.who }),
                format.dateTime(run.finishedAt ?? run.startedAt),
              ].join(' · ')}
            </Text>
          </Stack>
          <Actions
            run={run}
            {...(onAgain === undefined ? {} : { onAgain })}
            {...(onBegun === undefined ? {} : { onBegun })}
          />
        </Group>
        {status.state === 'failed' && run.trigger === 'person' && <AskedProblem problem={status.problem} />}
        {status.state === 'failed' && run.trigger === 'schedule' && <ProblemNote problem={status.problem} />}
        {status.state === 'paused' && status.problem !== null && (
          <ProblemNote problem={status.problem} color="orange" />
        )}
        {lost !== null && <ProblemNote problem={lost} color="gray" />}
        {status.state === 'saved' && <SavedNote id={run.id} file={status.file} />}
        {mayBeWritten(run) > 0 && (
          <Alert color="orange" variant="light" icon={<ShieldAlert size={18} aria-hidden />}>
            {runState(run) === 'unsure'
              ? t('catalog.result.unsureProductText')
              : t('catalog.result.unsure', { count: mayBeWritten(run) })}
          </Alert>
        )}
        {status.state === 'planned' && status.stops.length > 0 && (
          <Alert
            color="orange"
            variant="light"
            icon={<ShieldAlert size={18} aria-hidden />}
            title={t('catalog.guard.title')}
          >
            {status.stops.map(({ code, params }) => (
              <Text key={code} size="sm">
                {t(`catalog.guard.${code}`, params)}
              </Text>
            ))}
          </Alert>
        )}
        {run.summary !== null && (
          <SimpleGrid cols={1}>
            <SummaryGrid summary={run.summary} />
            <UnreadableNote unreadable={run.summary.unreadable} />
          </SimpleGrid>
        )}
      </Stack>
    </Paper>
  );
}

/** What can still be done about a run that is over, and why no longer what could be done if it had not been made elsewhere. */
function waysFrom(run: Run): { canUndo: boolean; refused: number; lost: Problem | null } {
  const { status, kind } = run;
  if (status.state !== 'done' && status.state !== 'cancelled')
    return { canUndo: false, refused: 0, lost: null };
  const wrote = status.applied + mayBeWritten(run) > 0 && run.undoneBy === null;
  const noWayBack = lostTo(run, 'wayBack');
  const notAgain = lostTo(run, kind === 'undo' ? 'wayBack' : 'write');
  const ended = status.state === 'cancelled' ? (status.problem ?? null) : null;
  return {
    canUndo: wrote && noWayBack === null,
    refused: notAgain === null ? status.refused : 0,
    lost: ended ?? (wrote ? noWayBack : null) ?? (status.refused > 0 ? notAgain : null),
  };
}

function title(t: ReturnType<typeof useTranslation>['t'], run: Run): string {
  const { status, summary, kind } = run;
  const changes = summary?.changes ?? 0;
  switch (status.state) {
    case 'planned':
      if (kind === 'undo' && run.file !== null) return t('catalogFile.undoPlanned');
      return t(kind === 'undo' ? 'catalog.result.plannedUndo' : 'catalog.result.planned', { count: changes });
    case 'paused':
      return t('catalog.result.paused', { count: status.left });
    case 'saved':
      return t('catalogFile.savedTitle', { count: status.left });
    case 'cancelled':
      return runState(run) === 'unsure'
        ? t('catalog.result.unsureProduct')
        : t('catalog.result.cancelled', { count: status.applied });
    case 'failed':
      return t('catalog.result.failed');
    case 'done':
      if (kind === 'undo') return t('catalog.result.undone', { count: status.applied });
      return status.applied + status.refused === 0
        ? t('catalog.result.nothing')
        : t('catalog.result.done', { count: status.applied });
    default:
      return t(`catalog.progress.${workOf(run)}`);
  }
}

function Actions({ run, onAgain, onBegun }: ResultPanelProps) {
  const { t } = useTranslation();
  const answered = useAnswer();
  const format = useFormat();
  const { id, status } = run;
  const { canUndo, refused } = waysFrom(run);

  async function begin(started: Promise<Answer<Run>>): Promise<void> {
    if ((await answered(started)) !== null) onBegun?.();
  }

  async function askUndo(): Promise<void> {
    const view = await call('catalog.get');
    const { nextAt = null, part = 'both' } = view.ok ? view.value.schedule : {};
    const again = commonPart(run.choice.part, part);
    modals.openConfirmModal({
      title: t('catalog.undo.title'),
      children: (
        <Stack gap="xs">
          <Text size="sm">{t(run.file === null ? 'catalog.undo.text' : 'catalogFile.undoText')}</Text>
          {nextAt !== null && again !== null && run.file === null && (
            <Text size="sm" fw={600}>
              {t('catalog.undo.schedule', {
                when: format.dateTime(nextAt),
                what: t(`catalog.what.${again}`),
              })}
            </Text>
          )}
        </Stack>
      ),
      labels: { confirm: t('catalog.undo.confirm'), cancel: t('common.cancel') },
      onConfirm: () => void begin(call('catalog.undo', { id })),
    });
  }

  return (
    <Group gap="xs" wrap="nowrap">
      {run.file !== null && <FileActions run={run} />}
      {status.state === 'planned' && run.file === null && (
        <>
          <Button
            variant="default"
            leftSection={<X size={16} aria-hidden />}
            onClick={() => void answered(call('catalog.cancel', { id }))}
          >
            {t('catalog.result.discard')}
          </Button>
          <Button
            {...(status.stops.length > 0 ? { color: warningColor } : {})}
            leftSection={<Check size={16} aria-hidden />}
            onClick={() => void answered(call('catalog.agree', { id }))}
          >
            {t(status.stops.length > 0 ? 'catalog.result.agreeAnyway' : 'catalog.result.agree')}
          </Button>
        </>
      )}
      {status.state === 'paused' && (
        <>
          <Button variant="default" onClick={() => void answered(call('catalog.cancel', { id }))}>
            {t('common.cancel')}
          </Button>
          <Button
            leftSection={<Play size={16} aria-hidden />}
            onClick={() => void answered(call('catalog.resume', { id }))}
          >
            {t('catalog.result.resume')}
          </Button>
        </>
      )}
      {refused > 0 && (
        <Button
          variant="default"
          leftSection={<RotateCw size={16} aria-hidden />}
          onClick={() => void begin(call('catalog.retry', { id }))}
        >
          {t('catalog.result.retry', { count: refused })}
        </Button>
      )}
      {canUndo && (
        <Button
          variant="default"
          leftSection={<Undo2 size={16} aria-hidden />}
          onClick={() => void askUndo()}
        >
          {t('common.undo')}
        </Button>
      )}
      {run.undoneBy !== null && (
        <Text size="sm" c="dimmed">
          {t('catalog.result.isUndone')}
        </Text>
      )}
      {onAgain !== undefined && status.state !== 'planned' && status.state !== 'paused' && (
        <Button onClick={onAgain}>{t('catalog.result.again')}</Button>
      )}
    </Group>
  );
}
