import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { targetOf } from './rowKeys';
import classes from './Table.module.css';

/** Where a person is in a list. */
export interface Place {
  /** How far it is scrolled, in pixels. */
  top: number;
  /** The row that the keys work on. */
  active: number;
}

export interface TableRowsProps<Row> {
  total: number;
  headLines: number;
  /** Null until the row has been fetched. */
  rowAt: (index: number) => Row | null;
  /** The cells of a row. A cell marked `data-own-clicks` keeps its clicks from opening the row. */
  cells: (row: Row) => ReactNode;
  rowHeight: number;
  /** Rows grow with what they hold; `rowHeight` is the least and the usual one. */
  grows?: boolean;
  /** Keeps a row's measured height with it where rows come in above. Always the same function. */
  keyOf?: (row: Row) => number;
  /** Hears which rows are drawn, and which is the first in sight. */
  onVisible: (first: number, last: number, firstInSight: number) => void;
  onOpen?: (row: Row) => void;
  /** Takes what other keys mean; tells whether one meant something. */
  onKey?: (event: KeyboardEvent, row: Row | null) => boolean;
  /** Only of lists whose rows can be marked. */
  isSelected?: (row: Row) => boolean;
  isOpen?: (row: Row) => boolean;
  /** Where to begin, so that a person who comes back is where they were. */
  place?: Place;
  onPlace?: (place: Partial<Place>) => void;
}

/** The rows of a table, which scroll. */
export function TableRows<Row>(props: TableRowsProps<Row>) {
  const { total, rowAt, rowHeight, grows = false, keyOf, onVisible, onOpen, isSelected, onPlace } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(props.place?.active ?? 0);
  // A new function has all rows laid out anew: it must stay the same from one drawing to the next.
  const getItemKey = useCallback(
    (index: number): number => {
      const row = rowAt(index);
      return row === null || keyOf === undefined ? -index - 1 : keyOf(row);
    },
    [rowAt, keyOf],
  );
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    ...(keyOf === undefined ? {} : { getItemKey }),
    overscan: 12,
    initialOffset: props.place?.top ?? 0,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const firstInSight = virtualizer.range?.startIndex ?? 0;
  useEffect(() => onVisible(first, last, firstInSight), [onVisible, first, last, firstInSight]);

  function activate(index: number): void {
    setActive(index);
    onPlace?.({ active: index });
  }

  function onKey(event: KeyboardEvent): void {
    if (onOpen === undefined) return;
    const page = Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1;
    const target = targetOf(event.key, active, page, total);
    const row = rowAt(active);
    if (target !== null) {
      activate(target);
      virtualizer.scrollToIndex(target);
    } else if (event.key === 'Enter' && row !== null) onOpen(row);
    else if (!props.onKey?.(event, row)) return;
    event.preventDefault();
  }

  function onClick({ target }: MouseEvent): void {
    if (onOpen === undefined || !(target instanceof Element)) return;
    const index = target.closest<HTMLElement>('[data-index]')?.dataset['index'];
    if (index === undefined) return;
    activate(Number(index));
    const row = rowAt(Number(index));
    if (row !== null && target.closest('[data-own-clicks]') === null) onOpen(row);
  }

  return (
    <div
      ref={scroller}
      role="rowgroup"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the list is scrolled with the keys, and takes them for its rows
      tabIndex={0}
      data-keys={onOpen !== undefined || undefined}
      className={classes['body']}
      onKeyDown={onKey}
      onClick={onClick}
      onScroll={(event) => onPlace?.({ top: event.currentTarget.scrollTop })}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => {
          const row = rowAt(item.index);
          return (
            <div
              key={item.key}
              ref={grows ? virtualizer.measureElement : null}
              data-index={item.index}
              role="row"
              aria-rowindex={item.index + props.headLines + 1}
              aria-selected={isSelected && row !== null ? isSelected(row) : undefined}
              data-active={(onOpen !== undefined && item.index === active) || undefined}
              data-open={(row !== null && props.isOpen?.(row)) || undefined}
              data-grows={grows || undefined}
              className={classes['row']}
              style={{
                transform: `translateY(${item.start}px)`,
                [grows ? 'minHeight' : 'height']: rowHeight,
              }}
            >
              {row !== null && props.cells(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
