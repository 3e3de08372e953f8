import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { GitCompareArrows } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Difference, OrderChange } from '../../contract/export';
import { useFormat } from '../ui/useFormat';
import { useAfterExport } from './useAfterExport';

/** What the store has done to an order since it was exported. A person decides: nothing goes by itself. */
export function DifferencePanel({ id, change }: { id: number; change: OrderChange }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sendChange, markSeen } = useAfterExport();
  return (
    <Alert
      variant="light"
      color={change.seen ? 'gray' : 'orange'}
      icon={<GitCompareArrows size={18} aria-hidden />}
      title={t(`orders.change.${change.kind}`, { when: format.dateTime(change.at) })}
    >
      <Stack gap="xs">
        {change.kind === 'edited' && <Differences differences={change.differences} />}
        <Text size="sm">{t(`orders.change.help.${change.kind}`)}</Text>
        <Group gap="xs">
          <Button size="xs" onClick={() => sendChange(id, change.kind)}>
            {t(`orders.change.send.${change.kind}`)}
          </Button>
          {!change.seen && (
            <Button size="xs" variant="default" onClick={() => void markSeen(id)}>
              {t('orders.change.seen')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={0} mah={180}>
      <Table fz="xs" verticalSpacing={2} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="34%">{t('orders.change.what')}</Table.Th>
            <Table.Th>{t('orders.change.before')}</Table.Th>
            <Table.Th>{t('orders.change.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map(({ field, line, before, after }) => (
            <Table.Tr key={`${field} ${line?.number ?? ''} ${before ?? ''} ${after ?? ''}`}>
              <Table.Td>
                {t(`orders.difference.${field.replace('.', '_')}`)}
                {line !== null && ` · ${line.sku}`}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{before || '—'}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{after || '—'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
