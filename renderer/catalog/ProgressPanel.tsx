import { Button, Group, Paper, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Pause, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Reading, Run, RunState } from '../../contract/catalog';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';
import { useFormat } from '../ui/useFormat';
import { WaitingNote } from './WaitingNote';

/** An update at work: how far it has come, how long it still takes, and how to stop it. */
export function ProgressPanel({ run }: { run: Run }) {
  const { t } = useTranslation();
  const answered = useAnswer();
  const { status } = run;
  const stopping = status.state === 'applying' ? status.stopping : null;
  return (
    <Paper withBorder radius="md" p="lg">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Stack gap={2}>
            <Title order={3} size="h4" aria-live="polite">
              {t(`catalog.progress.${workOf(run)}`)}
            </Title>
            <Text size="sm" c="dimmed">
              {scopeText(t, run)}
            </Text>
          </Stack>
          <Group gap="xs" wrap="nowrap">
            {status.state === 'applying' && stopping === null && (
              <Button
                variant="default"
                leftSection={<Pause size={16} aria-hidden />}
                onClick={() => void answered(call('catalog.pause', { id: run.id }))}
              >
                {t('catalog.progress.pause')}
              </Button>
            )}
            {stopping !== 'cancel' && (
              <Button
                variant="default"
                leftSection={<X size={16} aria-hidden />}
                onClick={() => void answered(call('catalog.cancel', { id: run.id }))}
              >
                {t('common.cancel')}
              </Button>
            )}
          </Group>
        </Group>
        {status.state === 'reading' && <ReadingProgress reading={status.reading} />}
        {status.state === 'comparing' && (
          <Bar label={t('catalog.progress.compared')} rows={status.compared} total={status.total} />
        )}
        {status.state === 'applying' && <ApplyingProgress status={status} />}
      </Stack>
    </Paper>
  );
}

export const isAtWork = ({ status: { state } }: Run): boolean =>
  state === 'reading' || state === 'comparing' || state === 'applying';

/** What a run at work is doing: `catalog.progress.<it>`. That of a single product is written at once. */
export function workOf({ status, kind }: Run) {
  if (kind === 'product') return 'applying';

  switch (status.state) {
    case 'reading':
    case 'comparing':
      return status.state;
    default:
      if (status.state === 'applying' && status.stopping !== null)
        return `stopping.${status.stopping}` as const;
      return kind === 'undo' ? 'undoing' : 'applying';
  }
}

/** Of which warehouse, prices and companies a run takes its values. */
export function scopeText(t: ReturnType<typeof useTranslation>['t'], run: Run): string {
  const { warehouse, companies } = run.choice;
  const place = run.warehouse ?? warehouse;
  return [
    ...(run.file === null ? [] : [run.file]),
    place === '' ? t('catalog.scope.general') : place,
    ...(run.priceBook === null ? [] : [t('catalog.scope.prices', { name: run.priceBook })]),
    ...(companies.length === 0 ? [] : [companies.join(', ')]),
    ...(run.choice.part === 'both' ? [] : [t(`catalog.part.${run.choice.part}`)]),
  ].join(' · ');
}

const sources = ['products', 'prices', 'stock', 'store'] as const satisfies readonly (keyof Reading)[];

/** What has been read of each source, and which side is waited for. */
export function ReadingProgress({ reading }: { reading: Reading }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <SimpleGrid cols={2} spacing="md">
        {sources.map((source) => {
          const progress = reading[source];
          if (progress === null) return null;
          const { rows, total, done } = progress;
          return (
            <Bar
              key={source}
              label={t(`catalog.source.${source}`)}
              rows={rows}
              total={done ? rows : total}
              done={done}
            />
          );
        })}
      </SimpleGrid>
      {[reading.waiting.org, reading.waiting.store].map(
        (waiting) => waiting !== null && <WaitingNote key={waiting.problem.code} waiting={waiting} />,
      )}
    </Stack>
  );
}

function ApplyingProgress({ status }: { status: Extract<RunState, { state: 'applying' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const written = status.applied + status.refused;
  const pace = [
    ...(status.rate === null ? [] : [t('catalog.progress.rate', { rate: format.count(status.rate) })]),
    ...(status.secondsLeft === null
      ? []
      : [t('catalog.progress.left', { time: duration(t, status.secondsLeft) })]),
    ...(status.refused === 0 ? [] : [t('catalog.progress.refused', { count: status.refused })]),
  ].join(' · ');
  return (
    <Stack gap="xs">
      <Bar label={t('catalog.progress.written')} rows={written} total={written + status.left} />
      <Text size="sm" c="dimmed">
        {status.stopping === null ? pace : t('catalog.progress.onWay')}
      </Text>
      {status.waiting !== null && status.stopping === null && <WaitingNote waiting={status.waiting} />}
    </Stack>
  );
}

function duration(t: ReturnType<typeof useTranslation>['t'], seconds: number): string {
  return seconds < 90
    ? t('catalog.progress.seconds', { count: seconds })
    : t('catalog.progress.minutes', { count: Math.round(seconds / 60) });
}

function Bar(props: { label: string; rows: number; total: number | null; done?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { label, rows, total, done = false } = props;
  const value = done ? 100 : total === null || total === 0 ? 0 : Math.min(100, (rows / total) * 100);
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{label}</Text>
        <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {total === null || done
            ? format.count(rows)
            : t('catalog.progress.of', { rows: format.count(rows), total: format.count(total) })}
        </Text>
      </Group>
      <Progress value={value} aria-label={label} color={done ? 'teal' : 'blue'} />
    </Stack>
  );
}
