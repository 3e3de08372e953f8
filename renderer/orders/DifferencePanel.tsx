import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { GitCompareArrows } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { decimalSchema } from '../../contract/decimal';
import type { Difference, OrderChange } from '../../contract/export';
import { useFormat } from '../ui/useFormat';
import { useAfterExport } from './useAfterExport';

/** What the store has done to an order since it was exported. A person decides: nothing goes by itself. */
export function DifferencePanel(props: { id: number; change: OrderChange; currency: string | null }) {
  const { id, change, currency } = props;
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
        {change.kind === 'edited' && <Differences differences={change.differences} currency={currency} />}
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

function Differences(props: { differences: readonly Difference[]; currency: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();

  /** Amounts as people read them; what is none stays as it is. */
  function asRead(field: Difference['field'], value: string | null): string {
    if (value === null || value === '') return '—';
    const amount = decimalSchema.safeParse(value);
    const isAmount = field === 'total' || field === 'line.unitPrice';
    return isAmount && props.currency !== null && amount.success
      ? format.amount(amount.data, props.currency)
      : value;
  }

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
          {props.differences.map(({ field, line, before, after }) => (
            <Table.Tr key={`${field} ${line?.number ?? ''} ${before ?? ''} ${after ?? ''}`}>
              <Table.Td>
                {t(`orders.difference.${field.replace('.', '_')}`)}
                {line !== null && ` · ${line.sku}`}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{asRead(field, before)}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{asRead(field, after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
