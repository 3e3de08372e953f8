import { Badge, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { catalogNotes, type PlanSummary } from '../../contract/catalog';
import { useFormat } from '../ui/useFormat';

const figures = ['changes', 'stock', 'prices', 'toZero', 'priceUp', 'priceDown', 'equal'] as const;

/** A plan in numbers, the prices that move most, and the products that need a look. */
export function SummaryGrid({ summary }: { summary: PlanSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const notes = catalogNotes.flatMap((note) => {
    const count = summary.notes[note];
    return count === undefined || count === 0 ? [] : [{ note, count }];
  });
  return (
    <Stack gap="sm">
      <SimpleGrid cols={7} spacing="xs">
        {figures.map((name) => (
          <Stack key={name} gap={0}>
            <Text
              fw={700}
              size="lg"
              style={{ fontVariantNumeric: 'tabular-nums' }}
              {...(name === 'toZero' && summary.toZero > 0 ? { c: 'orange' } : {})}
            >
              {format.count(summary[name])}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`catalog.figure.${name}`)}
            </Text>
          </Stack>
        ))}
      </SimpleGrid>
      {summary.biggestMoves.length > 0 && (
        <Group gap={6} align="center">
          <Text size="xs" c="dimmed">
            {t('catalog.biggestMoves')}
          </Text>
          {summary.biggestMoves.slice(0, 5).map(({ sku, percent, name }) => (
            <Badge key={sku} variant="light" color={percent > 0 ? 'teal' : 'orange'} tt="none" title={name}>
              {t('catalog.move', { sku, percent: format.percent(percent) })}
            </Badge>
          ))}
        </Group>
      )}
      {notes.length > 0 && (
        <Group gap={6} align="center">
          <Text size="xs" c="dimmed">
            {t('catalog.lookAt')}
          </Text>
          {notes.map(({ note, count }) => (
            <Badge key={note} variant="default" tt="none" fw={500}>
              {t(`catalog.note.${note}`)}: {format.count(count)}
            </Badge>
          ))}
        </Group>
      )}
    </Stack>
  );
}
