import { Badge, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProductView } from '../../../contract/catalogProduct';
import { useFormat } from '../../ui/useFormat';
import { Lists } from '../Lists';
import { PriceChange, RowStateBadge, StockChange } from '../RowCells';
import { runState } from '../runState';

/** What updates have done to a product, newest first. */
export function ProductHistory({ history }: Pick<ProductView, 'history'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper withBorder radius="md" p="lg">
      <Stack gap="sm">
        <Title order={4} size="h5">
          {t('catalogProduct.history.title')}
        </Title>
        {history.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('catalogProduct.history.empty')}
          </Text>
        ) : (
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('catalog.runs.when')}</Table.Th>
                <Table.Th>{t('catalog.runs.what')}</Table.Th>
                <Table.Th>{t('catalog.column.stock')}</Table.Th>
                <Table.Th>{t('catalog.column.price')}</Table.Th>
                <Table.Th>{t('catalog.column.state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {history.map(({ run, row }) => (
                <Table.Tr key={`${run.id}-${row.state}`}>
                  <Table.Td>{format.dateTime(run.finishedAt ?? run.startedAt)}</Table.Td>
                  <Table.Td>
                    {t(`catalog.kind.${run.kind}`)} · {t(`catalog.trigger.${run.trigger}`, { who: run.who })}
                    {run.elsewhere !== null && (
                      <Text size="xs" c="dimmed">
                        {t(`catalog.result.elsewhere.${run.elsewhere}`)}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <StockChange change={row.stock} />
                  </Table.Td>
                  <Table.Td>
                    <PriceChange change={row.price} />
                    <Lists lists={row.lists} size="sm" />
                  </Table.Td>
                  <Table.Td>
                    {run.status.state === 'failed' || run.status.state === 'cancelled' ? (
                      <Badge
                        size="sm"
                        variant="light"
                        color={runState(run) === 'unsure' ? 'orange' : 'gray'}
                        tt="none"
                      >
                        {t(`catalog.state.${runState(run)}`)}
                      </Badge>
                    ) : (
                      <RowStateBadge row={row} />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Paper>
  );
}
