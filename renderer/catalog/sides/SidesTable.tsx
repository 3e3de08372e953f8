import { Center, Loader, Paper } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { SearchX } from 'lucide-react';
import { type KeyboardEvent, type MutableRefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '../../ui/EmptyNote';
import { SideCells } from './SideCells';
import classes from './Sides.module.css';
import { SidesHead, type SidesHeadProps } from './SidesHead';
import type { SidesPlace } from './sidesPlace';
import { useOrgNames } from './useOrgNames';
import type { SideRows } from './useSides';

const rowHeight = 34;
/** The two lines of the head come before the rows. */
const headRows = 2;

export interface SidesTableProps extends SidesHeadProps {
  rows: SideRows;
  place: MutableRefObject<SidesPlace>;
  onOpen: (sku: string) => void;
}

/** The list of both sides: only the rows on screen are drawn. Arrows move, Enter opens the product. */
export function SidesTable({ rows, place, onOpen, ...head }: SidesTableProps) {
  const { t } = useTranslation();
  const { total } = rows;
  return (
    <Paper withBorder radius="md" className={classes['frame']}>
      <div
        role="table"
        aria-label={t('catalogSides.label')}
        aria-rowcount={(total ?? 0) + headRows}
        className={classes['table']}
      >
        <SidesHead {...head} />
        {total === null && rows.problem === null && (
          <Center flex={1}>
            <Loader size="sm" aria-label={t('catalog.progress.comparing')} />
          </Center>
        )}
        {total === 0 && (
          <EmptyNote icon={SearchX} title={t('catalog.rows.none')} text={t('catalog.rows.noneText')} />
        )}
        {total !== null && total > 0 && <Body total={total} rows={rows} place={place} onOpen={onOpen} />}
      </div>
    </Paper>
  );
}

function Body(props: Pick<SidesTableProps, 'rows' | 'place' | 'onOpen'> & { total: number }) {
  const { total, rows, place, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(place.current.active);
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialOffset: place.current.top,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const nameOf = useOrgNames(items.map(({ index }) => rows.rowAt(index)));
  const { show } = rows;
  useEffect(() => show(first, last), [show, first, last]);

  function moveTo(index: number): void {
    const bounded = Math.max(0, Math.min(total - 1, index));
    activate(bounded);
    virtualizer.scrollToIndex(bounded);
  }

  function activate(index: number): void {
    place.current.active = index;
    setActive(index);
  }

  function open(index: number): void {
    const row = rows.rowAt(index);
    if (row !== null) onOpen(row.sku);
  }

  function onKey(event: KeyboardEvent): void {
    const page = Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1;
    const target = targetOf(event.key, active, page, total);
    if (target !== null) moveTo(target);
    else if (event.key === 'Enter') open(active);
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={scroller}
      role="rowgroup"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the list takes the keys for all its rows
      tabIndex={0}
      className={classes['body']}
      onKeyDown={onKey}
      onScroll={(event) => {
        place.current.top = event.currentTarget.scrollTop;
      }}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => {
          const row = rows.rowAt(item.index);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the list
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + headRows + 1}
              tabIndex={-1}
              data-active={item.index === active || undefined}
              className={classes['row']}
              style={{ position: 'absolute', transform: `translateY(${item.start}px)`, height: rowHeight }}
              onClick={() => {
                activate(item.index);
                open(item.index);
              }}
            >
              {row !== null && <SideCells row={row} name={nameOf(row)} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Where a key moves to in the list, or null when it does not move. */
function targetOf(key: string, active: number, page: number, total: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
