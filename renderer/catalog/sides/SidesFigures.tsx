import { Paper, SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type SideFilter, type SidesSummary, sideFilters } from '../../../contract/catalogSides';
import { useFormat } from '../../ui/useFormat';
import classes from './SidesFigures.module.css';

/** Both sides in numbers; each number shows the SKUs that it counts. */
export function SidesFigures(props: {
  summary: SidesSummary | null;
  value: SideFilter;
  onChange: (filter: SideFilter) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { summary, value } = props;
  // What is hardly ever there takes no room where it is not.
  const shown = sideFilters.filter(
    (filter) => filter !== 'unreadable' || filter === value || (summary?.statuses.unreadable ?? 0) > 0,
  );
  return (
    <Paper withBorder radius="md" p={6}>
      <SimpleGrid
        type="container"
        cols={{ base: 5, '820px': shown.length }}
        spacing={4}
        role="group"
        aria-label={t('catalogSides.show')}
      >
        {shown.map((filter) => {
          const count = summary === null ? null : countOf(summary, filter);
          return (
            <UnstyledButton
              key={filter}
              className={classes['figure']}
              aria-pressed={filter === value}
              onClick={() => props.onChange(filter)}
            >
              <Text fw={700} size="md" lh={1.3} className={classes['digits']}>
                {count === null ? '…' : format.count(count)}
              </Text>
              <Text size="xs" lh={1.2} c="dimmed">
                {t(`catalogSides.filter.${filter}`)}
              </Text>
            </UnstyledButton>
          );
        })}
      </SimpleGrid>
    </Paper>
  );
}

function countOf(summary: SidesSummary, filter: SideFilter): number {
  switch (filter) {
    case 'all':
      return Object.values(summary.statuses).reduce((sum, count) => sum + count, 0);
    case 'differs':
    case 'stock':
    case 'price':
    case 'duplicate':
      return summary[filter];
    default:
      return summary.statuses[filter];
  }
}
