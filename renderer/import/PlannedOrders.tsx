import { Paper, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportSummary } from '../../contract/import';
import { EmptyNote } from '../ui/EmptyNote';
import { ProblemNote } from '../ui/ProblemNote';
import { useFormat } from '../ui/useFormat';
import { PlannedTable } from './PlannedTable';
import { useImportOrders, type Verdict } from './useImportOrders';

const verdicts = ['all', 'import', 'leaveOut', 'alreadyKnown'] as const satisfies readonly Verdict[];

/** Every order of the file with what becomes of it, filtered by verdict. */
export function PlannedOrders({ summary }: { summary: ImportSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [verdict, setVerdict] = useState<Verdict>('all');
  const orders = useImportOrders(summary.fileId, verdict);
  const counts: Record<Verdict, number> = {
    all: summary.orders,
    import: summary.toImport,
    leaveOut: summary.leftOut,
    alreadyKnown: summary.alreadyKnown,
  };
  return (
    <Stack gap="xs" mih={0}>
      <SegmentedControl
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        aria-label={t('import.review.filter')}
        value={verdict}
        onChange={(value) => setVerdict(verdicts.find((one) => one === value) ?? 'all')}
        data={verdicts.map((value) => ({
          value,
          label: `${t(`import.filter.${value}`)} · ${format.count(counts[value])}`,
        }))}
      />
      {orders.problem !== null && <ProblemNote problem={orders.problem} />}
      {orders.total !== null && orders.total > 0 ? (
        <PlannedTable
          key={verdict}
          total={orders.total}
          orderAt={orders.rowAt}
          onVisible={orders.show}
          currency={summary.currency}
        />
      ) : (
        <Paper withBorder radius="md" flex={1} mih={0}>
          {orders.total === null && orders.problem === null && <Skeleton h="100%" aria-busy />}
          {orders.total === 0 && (
            <EmptyNote icon={SearchX} title={t('import.review.none')} text={t('import.review.noneText')} />
          )}
        </Paper>
      )}
      <Text size="xs" c="dimmed">
        {t('import.review.rowsHelp')}
      </Text>
    </Stack>
  );
}
