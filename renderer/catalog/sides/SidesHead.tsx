import { Text, UnstyledButton } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './Sides.module.css';
import type { SidesQuery } from './useSides';

type Sort = SidesQuery['sort'];

export interface SidesHeadProps {
  query: SidesQuery;
  onSort: (sort: Sort, descending: boolean) => void;
}

/** Two lines: what a value is of, and whose it is. Stock and price are sorted by how much they differ. */
export function SidesHead(props: SidesHeadProps) {
  const { t } = useTranslation();
  return (
    <div role="rowgroup" className={classes['head']}>
      <div role="row" aria-rowindex={1} tabIndex={-1} className={classes['row']}>
        <Sortable {...props} sort="sku" label={t('catalog.column.sku')} />
        <Sortable {...props} sort="name" label={t('catalog.column.name')} />
        <Sortable {...props} sort="stock" span={3} className="stock" label={t('catalog.column.stock')} />
        <Sortable {...props} sort="price" span={2} className="price" label={t('catalog.column.price')} />
        <Plain className="state" label={t('catalog.column.state')} />
      </div>
      <div role="row" aria-rowindex={2} tabIndex={-1} className={classes['row']}>
        <Plain label="" />
        <Plain label="" />
        <Plain className="number" label={t('catalogSides.store')} />
        <Plain className="org" label={t('catalogSides.org')} />
        <Plain className="number" label={t('catalogSides.wanted')} />
        <Plain className="number" label={t('catalogSides.store')} />
        <Plain className="number" label={t('catalogSides.wanted')} />
        <Plain label="" />
      </div>
    </div>
  );
}

function Plain({ label, className }: { label: string; className?: string }) {
  return (
    <span role="columnheader" tabIndex={-1} {...(className ? { className: classes[className] } : {})}>
      <Text size="xs" fw={600} c="dimmed" component="span">
        {label}
      </Text>
    </span>
  );
}

function Sortable(props: SidesHeadProps & { sort: Sort; label: string; span?: number; className?: string }) {
  const { query, sort, label, span, className } = props;
  const isSorted = query.sort === sort;
  const Arrow = query.descending ? ArrowDown : ArrowUp;
  // The greatest differences are what a person looks for first.
  const first = sort === 'stock' || sort === 'price';
  return (
    <span
      role="columnheader"
      tabIndex={-1}
      aria-colspan={span}
      aria-sort={isSorted ? (query.descending ? 'descending' : 'ascending') : undefined}
      {...(className ? { className: classes[className] } : {})}
    >
      <UnstyledButton
        className={classes['sort']}
        onClick={() => props.onSort(sort, isSorted ? !query.descending : first)}
      >
        <Text size="xs" fw={600} c="dimmed" component="span">
          {label}
        </Text>
        {isSorted && <Arrow size={12} aria-hidden />}
      </UnstyledButton>
    </span>
  );
}
