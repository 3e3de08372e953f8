import { Alert, Group, Text } from '@mantine/core';
import { BookmarkCheck, Lightbulb } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ImportFile } from '../../../contract/import';
import { useFormat } from '../useFormat';

export type OpenedFile = Pick<
  ImportFile,
  'name' | 'format' | 'encoding' | 'delimiter' | 'rowCount' | 'remembered'
>;

/** Which file this is, and where the mapping on screen comes from. */
export function FileNote({ file, note }: { file: OpenedFile; note: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    t('import.file.rows', { count: file.rowCount, rows: format.count(file.rowCount) }),
    ...(file.format === 'csv'
      ? [
          t('import.file.delimiter', { delimiter: file.delimiter === '\t' ? 'Tab' : file.delimiter }),
          file.encoding.toUpperCase(),
        ]
      : ['XLSX']),
  ];
  return (
    <Alert
      variant="light"
      color={file.remembered ? 'teal' : 'blue'}
      icon={file.remembered ? <BookmarkCheck size={18} aria-hidden /> : <Lightbulb size={18} aria-hidden />}
    >
      <Group gap="xs">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {file.name}
        </Text>
        <Text size="sm">{facts.join(' · ')}</Text>
      </Group>
      <Text size="sm">{note}</Text>
    </Alert>
  );
}
