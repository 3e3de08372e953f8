import { useTranslation } from 'react-i18next';
import { ColumnHead, directionOf, HeadGap, HeadRow } from '../../ui/table/TableHead';
import classes from './SidesTable.module.css';
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
    <>
      <HeadRow>
        <Sortable {...props} sort="sku" />
        <Sortable {...props} sort="name" />
        <Sortable {...props} sort="stock" span={3} />
        <Sortable {...props} sort="price" span={2} />
        <ColumnHead className={classes['state']} label={t('catalog.column.state')} />
      </HeadRow>
      <HeadRow line={2}>
        <HeadGap />
        <HeadGap />
        <ColumnHead className={classes['number']} label={t('catalogSides.store')} />
        <ColumnHead className={classes['org']} label={t('catalogSides.org')} />
        <ColumnHead className={classes['number']} label={t('catalogSides.wanted')} />
        <ColumnHead className={classes['number']} label={t('catalogSides.store')} />
        <ColumnHead className={classes['number']} label={t('catalogSides.wanted')} />
        <HeadGap />
      </HeadRow>
    </>
  );
}

function Sortable({ query, sort, span = 1, onSort }: SidesHeadProps & { sort: Sort; span?: number }) {
  const { t } = useTranslation();
  const isSorted = query.sort === sort;
  // The greatest differences are what a person looks for first.
  const first = sort === 'stock' || sort === 'price';
  return (
    <ColumnHead
      label={t(`catalog.column.${sort}`)}
      {...(span > 1 ? { span, className: classes[sort] } : {})}
      sorted={isSorted ? directionOf(query.descending) : null}
      onSort={() => onSort(sort, isSorted ? !query.descending : first)}
    />
  );
}
