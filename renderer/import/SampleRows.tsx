import { Badge, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ImportFile, type ImportMappingDraft, importFields } from '../../contract/import';
import classes from './Import.module.css';

/** The first rows of the file as they are, with what each column has been chosen for above them. */
export function SampleRows({ file, draft }: { file: ImportFile; draft: ImportMappingDraft }) {
  const { t } = useTranslation();
  const keyed = file.columns.map((column, position) => ({
    column,
    position,
    key: `${position} ${column}`,
    fields: importFields.filter((field) => column !== '' && draft.columns[field] === column),
  }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the table can be scrolled with the keys
    <section className={classes['sample']} tabIndex={0} aria-label={t('import.sample.title')}>
      <Table verticalSpacing={4} horizontalSpacing="sm" fz="xs" withRowBorders>
        <Table.Thead>
          <Table.Tr>
            {keyed.map(({ key, column, fields }) => (
              <Table.Th key={key} style={{ verticalAlign: 'bottom' }}>
                <Group gap={4} wrap="nowrap" mb={2}>
                  {fields.length === 0 ? (
                    <Text size="xs" c="dimmed" fw={400}>
                      {t('import.sample.unused')}
                    </Text>
                  ) : (
                    fields.map((field) => (
                      <Badge key={field} size="sm" variant="light" tt="none">
                        {t(`import.field.${field}`)}
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
          {file.sample.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a file never move
            <Table.Tr key={index}>
              {keyed.map(({ key, position, fields }) => (
                <Table.Td key={key} c={fields.length === 0 ? 'dimmed' : 'bright'} title={row[position] ?? ''}>
                  {row[position]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
