import { Divider, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportSummary } from '../../contract/import';
import { useFormat } from '../ui/useFormat';
import classes from './Import.module.css';

/** The import in numbers, and why what stays out stays out. */
export function Summary({ summary, children }: { summary: ImportSummary; children?: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { toImport, linesToImport, leftOut, alreadyKnown, remarks } = summary;
  // Orders that came in before are counted above, and nothing is wrong with them.
  const reasons = summary.reasons.filter(({ reason }) => reason !== 'alreadyKnown');
  return (
    <div className={classes['cards']}>
      <Paper withBorder p="md" radius="md">
        <Stack gap="sm">
          <Stack gap={0}>
            <Text size="sm" c="dimmed">
              {t('import.summary.toImport')}
            </Text>
            <Text fz={28} fw={700} lh={1.2}>
              {t('import.summary.orders', { count: toImport, orders: format.count(toImport) })}
            </Text>
            <Text size="sm">
              {t('import.summary.lines', { count: linesToImport, lines: format.count(linesToImport) })}
            </Text>
            <Text size="sm" fw={600}>
              {format.amount(summary.totalToImport, summary.currency)}
            </Text>
          </Stack>
          <Divider />
          <Count label={t('import.summary.leftOut')} value={format.count(leftOut)} />
          <Count label={t('import.summary.alreadyKnown')} value={format.count(alreadyKnown)} />
          <Text size="xs" c="dimmed">
            {t('import.summary.rows', {
              rows: format.count(summary.rows),
              orders: format.count(summary.orders),
            })}
          </Text>
        </Stack>
      </Paper>
      {children}
      {reasons.length > 0 && (
        <Findings
          title={t('import.summary.reasons')}
          help={t('import.summary.reasonsHelp')}
          entries={reasons.map(({ reason, orders }) => ({
            key: reason,
            label: t(`import.reason.${reason}`),
            orders,
          }))}
        />
      )}
      {remarks.length > 0 && (
        <Findings
          title={t('import.summary.remarks')}
          help={t('import.summary.remarksHelp')}
          entries={remarks.map(({ remark, orders }) => ({
            key: remark,
            label: t(`import.remark.${remark}`),
            orders,
          }))}
        />
      )}
    </div>
  );
}

function Count({ label, value }: { label: string; value: string }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm">{label}</Text>
      <Text size="sm" fw={600}>
        {value}
      </Text>
    </Group>
  );
}

interface FindingsProps {
  title: string;
  help: string;
  entries: { key: string; label: string; orders: number }[];
}

function Findings({ title, help, entries }: FindingsProps) {
  const format = useFormat();
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap={6}>
        <Stack gap={0}>
          <Title order={3} size="h6">
            {title}
          </Title>
          <Text size="xs" c="dimmed">
            {help}
          </Text>
        </Stack>
        {entries.map(({ key, label, orders }) => (
          <Count key={key} label={label} value={format.count(orders)} />
        ))}
      </Stack>
    </Paper>
  );
}
