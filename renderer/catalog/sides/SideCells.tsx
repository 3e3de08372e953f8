import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CatalogNote } from '../../../contract/catalog';
import type { SideRow, SideStatus } from '../../../contract/catalogSides';
import type { Decimal } from '../../../contract/decimal';
import { useFormat } from '../../ui/useFormat';
import { Lists } from '../Lists';
import { visibleSku } from '../visibleSku';
import classes from './SidesTable.module.css';

const colours: Record<SideStatus, string> = {
  equal: 'teal',
  differs: 'orange',
  storeOnly: 'blue',
  orgOnly: 'grape',
  similar: 'red',
  leftAlone: 'gray',
  unreadable: 'red',
};

/** What the status says already. */
const saidByStatus: readonly CatalogNote[] = [
  'missingInOrg',
  'missingInStore',
  'similarInOrg',
  'similarInStore',
];

/** One SKU of both sides, under its name. */
export function SideCells({ row, name }: { row: SideRow; name: string }) {
  const { t } = useTranslation();
  const { change } = row;
  return (
    <>
      <Text size="sm" role="cell" truncate data-selectable className={classes['sku']} title={row.sku}>
        {visibleSku(row.sku)}
      </Text>
      <Text size="sm" role="cell" truncate title={name}>
        {name}
      </Text>
      <Value value={row.store?.stock ?? null} />
      <Value value={row.org?.stock ?? null} className="org" />
      <Value value={change?.stock?.new ?? row.wanted?.stock ?? null} isNew={Boolean(change?.stock)} />
      <Value value={row.store?.price ?? null} isPrice />
      <div role="cell" className={classes['number']}>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Lists lists={change?.lists ?? []} size="xs" />
          <Amount
            value={change?.price?.new ?? row.wanted?.price ?? null}
            isNew={Boolean(change?.price)}
            isPrice
          />
        </Group>
      </div>
      <div role="cell" className={classes['state']}>
        <Group gap={6} wrap="nowrap">
          <Badge size="sm" variant="light" color={colours[row.status]} tt="none" flex="none">
            {t(`catalogSides.status.${row.status}`)}
          </Badge>
          <Notes row={row} />
        </Group>
      </div>
    </>
  );
}

interface AmountProps {
  value: Decimal | null;
  isNew?: boolean;
  isPrice?: boolean;
}

function Value({ className, ...amount }: AmountProps & { className?: 'org' }) {
  return (
    <div role="cell" className={[classes['number'], className && classes[className]].join(' ')}>
      <Amount {...amount} />
    </div>
  );
}

/** What would be written stands out; a sale that would end, all the more. */
function Amount({ value, isNew = false, isPrice = false }: AmountProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (value === null)
    return (
      <Text span size="sm" c="dimmed" aria-label={t('catalogSides.nothing')}>
        –
      </Text>
    );
  return (
    <Text
      span
      size="sm"
      className={classes['digits']}
      fw={isNew ? 700 : 400}
      {...(isNew && value === '0' ? { c: 'orange' } : {})}
    >
      {isPrice ? format.price(value) : format.decimal(value)}
    </Text>
  );
}

function Notes({ row }: { row: SideRow }) {
  const { t } = useTranslation();
  const { similar, notes } = row;
  const text = [
    ...(similar === null ? [] : [visibleSku(similar)]),
    ...notes.filter((note) => !saidByStatus.includes(note)).map((note) => t(`catalogSides.note.${note}`)),
  ].join(', ');
  return (
    <Text size="xs" truncate c="dimmed" title={text}>
      {text}
    </Text>
  );
}
