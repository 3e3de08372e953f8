import { Paper, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { importFields } from '../../contract/import';
import { MappingFrame } from '../ui/mapping/MappingFrame';
import { SampleRows } from '../ui/mapping/SampleRows';
import { ColumnFields } from './ColumnFields';
import { ReadingOptions } from './ReadingOptions';
import type { ImportState, ImportStep } from './useImport';

export interface MappingStepProps {
  state: ImportState;
  step: Extract<ImportStep, { name: 'mapping' }>;
}

/** What each column of the file holds and how its values are read, with the file's own rows to compare. */
export function MappingStep({ state, step }: MappingStepProps) {
  const { t } = useTranslation();
  const { file, draft, errors } = step;
  return (
    <MappingFrame
      file={file}
      note={t(`import.file.${file.remembered ? 'remembered' : 'suggested'}`)}
      problem={state.problem}
      busy={state.busy}
      errors={errors}
      next={t('import.mapping.next')}
      onNext={() => void state.review()}
      onBack={state.back}
    >
      <Paper withBorder p="md" radius="md">
        <Stack gap="md">
          <ColumnFields file={file} draft={draft} errors={errors} onChange={state.setDraft} />
        </Stack>
      </Paper>
      <SampleRows
        columns={file.columns}
        sample={file.sample}
        labelsOf={(column) =>
          importFields
            .filter((field) => draft.columns[field] === column)
            .map((field) => t(`import.field.${field}`))
        }
      />
      <Paper withBorder p="md" radius="md">
        <ReadingOptions draft={draft} errors={errors} onChange={state.setDraft} />
      </Paper>
    </MappingFrame>
  );
}
