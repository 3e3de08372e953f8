import { type MutableRefObject, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VirtualTable } from '../../ui/table/VirtualTable';
import { NoRows } from '../NoRows';
import { SideCells } from './SideCells';
import { SidesHead, type SidesHeadProps } from './SidesHead';
import classes from './SidesTable.module.css';
import type { SidesPlace } from './sidesPlace';
import { useOrgNames } from './useOrgNames';
import type { SideRows } from './useSides';

export interface SidesTableProps extends SidesHeadProps {
  rows: SideRows;
  place: MutableRefObject<SidesPlace>;
  onOpen: (sku: string) => void;
}

/** The list of both sides. Arrows move, Enter opens the product. */
export function SidesTable({ rows, place, onOpen, ...head }: SidesTableProps) {
  const { t } = useTranslation();
  const [drawn, setDrawn] = useState({ first: 0, last: 0 });
  const drawnRows = Array.from({ length: drawn.last - drawn.first + 1 }, (_, at) =>
    rows.rowAt(drawn.first + at),
  );
  const nameOf = useOrgNames(drawnRows);
  const { show } = rows;
  const onVisible = useCallback(
    (first: number, last: number) => {
      setDrawn({ first, last });
      show(first, last);
    },
    [show],
  );
  return (
    <VirtualTable
      label={t('catalogSides.label')}
      className={classes['columns']}
      head={<SidesHead {...head} />}
      headLines={2}
      listKey={JSON.stringify(head.query)}
      total={rows.total}
      empty={<NoRows rows={rows} label={t('catalog.progress.comparing')} />}
      rowAt={rows.rowAt}
      rowHeight={34}
      onVisible={onVisible}
      onOpen={(row) => onOpen(row.sku)}
      place={place.current}
      onPlace={(moved) => Object.assign(place.current, moved)}
      cells={(row) => <SideCells row={row} name={nameOf(row)} />}
    />
  );
}
