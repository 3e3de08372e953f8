import { Button, Stack, Text } from '@mantine/core';
import { FileSpreadsheet, FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { requiredImportFields } from '../../contract/import';
import { EmptyNote } from '../ui/EmptyNote';
import { ProblemNote } from '../ui/ProblemNote';
import type { ImportState } from './useImport';
import { useList } from './useList';

/** Which file, and what it must hold to be of use. */
export function ChooseStep({ state }: { state: ImportState }) {
  const { t } = useTranslation();
  const list = useList();
  const needed = list(requiredImportFields.map((field) => t(`import.field.${field}`)));
  return (
    <Stack flex={1} mih={0} gap="sm">
      {state.problem !== null && <ProblemNote problem={state.problem} />}
      <EmptyNote icon={FileSpreadsheet} title={t('import.choose.title')} text={t('import.choose.text')}>
        <Text size="sm" c="dimmed" ta="center">
          {t('import.choose.needed', { fields: needed })}
        </Text>
        <Button
          mt="sm"
          leftSection={<FolderOpen size={16} aria-hidden />}
          loading={state.busy}
          onClick={() => void state.pickFile()}
        >
          {t('import.choose.button')}
        </Button>
      </EmptyNote>
    </Stack>
  );
}
