import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './Table.module.css';

/** One line of a table's head. */
export function HeadRow({ line = 1, children }: { line?: number; children: ReactNode }) {
  return (
    <div role="row" aria-rowindex={line} className={classes['row']}>
      {children}
    </div>
  );
}

type Direction = 'ascending' | 'descending';

export const directionOf = (descending: boolean): Direction => (descending ? 'descending' : 'ascending');

export interface ColumnHeadProps {
  label: string;
  /** The cells below say enough; its name is there for those who hear the table. */
  isHidden?: boolean;
  className?: string | undefined;
  /** How many columns it stands over. */
  span?: number;
  /** Only of columns that can be sorted by: how the list is sorted by it now, if it is. */
  sorted?: Direction | null;
  onSort?: () => void;
}

/** The head of a column; pressed, the list is sorted by it. */
export function ColumnHead(props: ColumnHeadProps) {
  const { label, isHidden = false, className = '', span, sorted = null, onSort } = props;
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  const text = isHidden ? (
    <VisuallyHidden>{label}</VisuallyHidden>
  ) : (
    <Text size="xs" fw={600} c="dimmed" component="span">
      {label}
    </Text>
  );
  return (
    <div
      role="columnheader"
      aria-colspan={span}
      aria-sort={sorted ?? undefined}
      className={`${classes['column']} ${className}`}
    >
      {onSort === undefined ? (
        text
      ) : (
        <UnstyledButton className={classes['sort']} onClick={onSort}>
          {text}
          {sorted !== null && <Arrow size={12} aria-hidden />}
        </UnstyledButton>
      )}
    </div>
  );
}

/** Below a head that stands for its column already. */
export const HeadGap = () => <div role="cell" />;
