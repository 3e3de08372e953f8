import { Button, CloseButton, Group, Paper, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ArrowUp, History, RotateCw, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatusState } from '../app/statusState';
import { useOrderActions } from '../orders/useOrderActions';
import { EmptyNote } from '../ui/EmptyNote';
import { ProblemNote } from '../ui/ProblemNote';
import { ScreenHeader } from '../ui/ScreenHeader';
import { SearchBox } from '../ui/SearchBox';
import { LogTable } from './LogTable';
import { type LogQuery, useLog } from './useLog';

const levels = ['all', 'warning', 'error'] as const satisfies readonly LogQuery['level'][];

/** What the program did and what went wrong, newest first. */
export function LogScreen({ onOpenOrder }: { onOpenOrder: (id: number) => void }) {
  const { t } = useTranslation();
  const [level, setLevel] = useState<LogQuery['level']>('all');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  const [listKey, setListKey] = useState(0);
  const log = useLog({ level, search });
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const failed = useStatusState((state) => state.status?.counts.failed ?? 0);
  const { sendAll, sendNow } = useOrderActions();

  async function retryMarked(): Promise<void> {
    await sendNow([...marked]);
    setMarked(new Set());
  }

  function showNewest(): void {
    log.refresh();
    // A new list starts at its top.
    setListKey(listKey + 1);
  }

  return (
    <Stack h="100%" gap="sm" p="lg">
      <ScreenHeader title={t('log.title')} help={t('log.help')}>
        {failed > 0 && (
          <Button
            flex="none"
            variant="default"
            leftSection={<RotateCw size={16} aria-hidden />}
            onClick={() => void sendAll(['failed'])}
          >
            {t('log.retry.retryAll', { count: failed })}
          </Button>
        )}
      </ScreenHeader>
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('log.levelLabel')}
          value={level}
          onChange={(value) => setLevel(levels.find((one) => one === value) ?? 'all')}
          data={levels.map((value) => ({ value, label: t(`log.show.${value}`) }))}
        />
        <Group gap="xs" wrap="nowrap">
          {log.behind && (
            <Button
              size="xs"
              variant="light"
              leftSection={<ArrowUp size={14} aria-hidden />}
              onClick={showNewest}
            >
              {t('log.showNewest')}
            </Button>
          )}
          <SearchBox label={t('log.search')} value={typed} onChange={setTyped} />
        </Group>
      </Group>
      {marked.size > 0 && (
        <Paper withBorder p="xs" radius="md" role="toolbar" aria-label={t('log.retry.bulk')}>
          <Group gap="xs">
            <CloseButton size="sm" aria-label={t('log.retry.clear')} onClick={() => setMarked(new Set())} />
            <Text size="sm" fw={600} mr="sm">
              {t('log.retry.selected', { count: marked.size })}
            </Text>
            <Button size="xs" onClick={() => void retryMarked()}>
              {t('log.retry.retry')}
            </Button>
          </Group>
        </Paper>
      )}
      {log.problem !== null && <ProblemNote problem={log.problem} />}
      {log.problem === null && log.total === null && <Loading />}
      {log.problem === null && log.total === 0 && <Nothing searching={search !== '' || level !== 'all'} />}
      {log.total !== null && log.total > 0 && (
        <LogTable
          key={`${level} ${listKey} ${search}`}
          total={log.total}
          entryAt={log.entryAt}
          onVisible={log.show}
          onOpenOrder={onOpenOrder}
          marked={marked}
          onMark={setMarked}
        />
      )}
    </Stack>
  );
}

function Loading() {
  return (
    <Stack gap="xs" aria-busy>
      {[...'12345678'].map((row) => (
        <Skeleton key={row} height={30} />
      ))}
    </Stack>
  );
}

function Nothing({ searching }: { searching: boolean }) {
  const { t } = useTranslation();
  return searching ? (
    <EmptyNote icon={SearchX} title={t('log.noMatch.title')} text={t('log.noMatch.text')} />
  ) : (
    <EmptyNote icon={History} title={t('log.empty.title')} text={t('log.empty.text')} />
  );
}
