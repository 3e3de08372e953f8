import { Code, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OrderDetail } from '../../contract/export';
import type { Address, Order } from '../../contract/order';
import { charges } from '../../contract/rules';
import { useFormat } from '../ui/useFormat';

/** What the buyer confirmed. */
export function OrderContents({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  if (detail.order === null)
    return (
      <Stack gap="xs">
        <Text size="sm">{t('orders.detail.unreadable')}</Text>
        <Code block data-selectable>
          {detail.raw}
        </Code>
      </Stack>
    );
  return (
    <Stack gap="lg" data-selectable>
      <Facts order={detail.order} />
      <Lines order={detail.order} />
      {detail.order.notes !== '' && <Fact name={t('orders.detail.notes')} value={detail.order.notes} />}
    </Stack>
  );
}

function Facts({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { buyer } = order;
  const facts: [string, string | null][] = [
    ['buyer', [buyer.businessName, buyer.contactName].filter(Boolean).join(' · ')],
    ['taxId', buyer.taxId],
    ['vatStatus', buyer.vatStatus === 'other' ? null : t(`orders.vat.${buyer.vatStatus}`)],
    ['phone', buyer.phone],
    ['email', buyer.email],
    ['address', addressLine(buyer.address)],
    [
      'delivery',
      order.delivery === null
        ? null
        : [order.delivery.method, addressLine(order.delivery.address)].filter(Boolean).join(' · '),
    ],
    ['paymentTerms', order.paymentTerms],
    ['channel', t(`orders.channel.${order.channel}`)],
    ['salesRep', order.salesRep],
    ['company', order.company],
  ];
  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="sm">
      {facts.map(([name, value]) =>
        value === null || value === '' ? null : (
          <Fact key={name} name={t(`orders.detail.${name}`)} value={value} />
        ),
      )}
    </SimpleGrid>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {value}
      </Text>
    </Stack>
  );
}

function Lines({ order }: { order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  const discounted = order.lines.some((line) => Number(line.discountPercent) !== 0);
  return (
    <Table striped withTableBorder verticalSpacing={6} fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('orders.line.product')}</Table.Th>
          <Table.Th ta="right">{t('orders.line.quantity')}</Table.Th>
          <Table.Th ta="right">{t('orders.line.unitPrice')}</Table.Th>
          {discounted && <Table.Th ta="right">{t('orders.line.discount')}</Table.Th>}
          <Table.Th ta="right">{t('orders.line.total')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {order.lines.map((line) => (
          <Table.Tr key={line.number}>
            <Table.Td>
              <Text size="sm">{line.name || line.sku}</Text>
              <Text size="xs" c="dimmed">
                {line.sku}
                {line.note !== '' && ` · ${line.note}`}
              </Text>
            </Table.Td>
            <Table.Td ta="right">{format.decimal(line.quantity)}</Table.Td>
            <Table.Td ta="right">{format.amount(line.unitPrice, order.currency)}</Table.Td>
            {discounted && <Table.Td ta="right">{format.decimal(line.discountPercent)} %</Table.Td>}
            <Table.Td ta="right">{format.amount(line.total, order.currency)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        {charges.map((charge) =>
          Number(order.totals[charge]) === 0 ? null : (
            <Table.Tr key={charge}>
              <Table.Td colSpan={discounted ? 4 : 3}>{t(`rules.charge.${charge}.name`)}</Table.Td>
              <Table.Td ta="right">
                {charge === 'discount' && '−'}
                {format.amount(order.totals[charge], order.currency)}
              </Table.Td>
            </Table.Tr>
          ),
        )}
        <Table.Tr>
          <Table.Th colSpan={discounted ? 4 : 3}>{t('orders.line.sum')}</Table.Th>
          <Table.Th ta="right">{format.amount(order.totals.total, order.currency)}</Table.Th>
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}

function addressLine(address: Address | null): string {
  if (address === null) return '';
  const { street, city, province, postalCode, country } = address;
  return [street, [postalCode, city].filter(Boolean).join(' '), province, country].filter(Boolean).join(', ');
}
