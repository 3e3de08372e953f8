import { Badge, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProductView } from '../../../contract/catalogProduct';
import type { Decimal } from '../../../contract/decimal';
import { useFormat } from '../../ui/useFormat';

interface Row {
  name: string;
  isPrice: boolean;
  store: Decimal | null;
  org: readonly (Decimal | null)[];
  /** Null: the store's value stays. */
  wanted: Decimal | null;
  /** A list of the store that no price book of the org feeds. */
  isUnfed?: boolean;
}

/** Stock and prices of one product: what the store has, what the org has, and what an update would make of it. */
export function SidesTable({ view }: { view: ProductView }) {
  const { t } = useTranslation();
  const { store, org } = view;
  return (
    <Table horizontalSpacing="md" verticalSpacing="xs" withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('catalogProduct.value')}</Table.Th>
          <Table.Th ta="right">{t('catalogProduct.store')}</Table.Th>
          <Table.Th ta="right">{t('catalogProduct.org')}</Table.Th>
          <Table.Th ta="right">{t('catalogProduct.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rowsOf(view, t('catalog.column.stock'), t('catalog.column.price')).map((row) => (
          <Table.Tr key={row.name}>
            <Table.Td fw={500}>{row.name}</Table.Td>
            <Table.Td ta="right">
              {store === null ? <Absent /> : <Value value={row.store} isPrice={row.isPrice} />}
            </Table.Td>
            <Table.Td ta="right">
              {org.length === 0 ? (
                <Absent />
              ) : row.isUnfed === true ? (
                <Text span size="sm" c="dimmed">
                  {t('catalogProduct.notFed')}
                </Text>
              ) : (
                <Group gap="xs" justify="flex-end">
                  {/* Several products of the org may carry the SKU: each is shown. */}
                  {row.org.map((value, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row of values without names
                    <Value key={index} value={value} isPrice={row.isPrice} />
                  ))}
                </Group>
              )}
            </Table.Td>
            <Table.Td ta="right">
              <After row={row} inStore={store !== null} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function rowsOf({ store, org, wanted }: ProductView, stock: string, price: string): Row[] {
  const lists = new Set([...(store?.lists ?? []), ...(wanted?.lists ?? [])].map(({ list }) => list));
  const ofList = (prices: ProductView['org'][number]['lists'] | undefined, name: string) =>
    prices?.find(({ list }) => list === name)?.price ?? null;
  return [
    {
      name: stock,
      isPrice: false,
      store: store?.stock ?? null,
      org: org.map((one) => one.stock),
      wanted: wanted?.stock ?? null,
    },
    {
      name: price,
      isPrice: true,
      store: store?.price ?? null,
      org: org.map((one) => one.price),
      wanted: wanted?.price ?? null,
    },
    ...[...lists].map((list) => ({
      name: list,
      isPrice: true,
      store: ofList(store?.lists, list),
      org: org.map((one) => ofList(one.lists, list)),
      wanted: ofList(wanted?.lists, list),
      isUnfed: org.every((one) => one.lists.every((fed) => fed.list !== list)),
    })),
  ];
}

function Value(props: { value: Decimal | null; isPrice: boolean; strong?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { value, isPrice, strong = false } = props;
  const write = isPrice ? format.price : format.decimal;
  return (
    <Text
      span
      size="sm"
      data-selectable
      fw={strong ? 700 : 400}
      {...(value === null ? { c: 'dimmed' } : {})}
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      {value === null ? t('catalog.blank') : write(value)}
    </Text>
  );
}

function After({ row, inStore }: { row: Row; inStore: boolean }) {
  const { t } = useTranslation();
  if (!inStore) return <Absent />;
  if (row.wanted === null || row.wanted === row.store)
    return (
      <Text span size="sm" c="dimmed">
        {t('catalog.unchanged')}
      </Text>
    );
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      {row.wanted === '0' && (
        <Badge size="sm" color="orange" variant="light" tt="none">
          {t('catalogProduct.toZero')}
        </Badge>
      )}
      <Value value={row.wanted} isPrice={row.isPrice} strong />
    </Group>
  );
}

function Absent() {
  const { t } = useTranslation();
  return (
    <Text span size="sm" c="dimmed">
      {t('catalogProduct.absent')}
    </Text>
  );
}
