import { Badge, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Mapping.module.css';

interface SampleRowsProps {
  columns: readonly string[];
  sample: readonly (readonly string[])[];
  /** What a column has been chosen for. */
  labelsOf: (column: string) => string[];
}

/** The first rows of the file as they are, with what each column has been chosen for above them. */
export function SampleRows({ columns, sample, labelsOf }: SampleRowsProps) {
  const { t } = useTranslation();
  const keyed = columns.map((column, position) => ({
    column,
    position,
    key: `${position} ${column}`,
    labels: column === '' ? [] : labelsOf(column),
  }));
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="sm">
        <Title order={3} size="h5">
          {t('import.sample.title')}
        </Title>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the table can be scrolled with the keys */}
        <section className={classes['sample']} tabIndex={0} aria-label={t('import.sample.title')}>
          <Table verticalSpacing={4} horizontalSpacing="sm" fz="xs" withRowBorders>
            <Table.Thead>
              <Table.Tr>
                {keyed.map(({ key, column, labels }) => (
                  <Table.Th key={key} style={{ verticalAlign: 'bottom' }}>
                    <Group gap={4} wrap="nowrap" mb={2}>
                      {labels.length === 0 ? (
                        <Text size="xs" c="dimmed" fw={400}>
                          {t('import.sample.unused')}
                        </Text>
                      ) : (
                        labels.map((label) => (
                          <Badge key={label} size="sm" variant="light" tt="none">
                            {label}
                          </Badge>
                        ))
                      )}
                    </Group>
                    {column}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sample.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a file never move
                <Table.Tr key={index}>
                  {keyed.map(({ key, position, labels }) => (
                    <Table.Td
                      key={key}
                      c={labels.length === 0 ? 'dimmed' : 'bright'}
                      title={row[position] ?? ''}
                    >
                      {row[position]}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      </Stack>
    </Paper>
  );
}
