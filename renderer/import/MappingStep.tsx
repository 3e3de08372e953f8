import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { importFields } from '../../contract/import';
import { ProblemNote } from '../ui/ProblemNote';
import { ColumnFields } from './ColumnFields';
import { FileNote } from './FileNote';
import classes from './Import.module.css';
import { ReadingOptions } from './ReadingOptions';
import { SampleRows } from './SampleRows';
import { StepFooter } from './StepFooter';
import type { ImportState, ImportStep } from './useImport';

export interface MappingStepProps {
  state: ImportState;
  step: Extract<ImportStep, { name: 'mapping' }>;
}

/** What each column of the file holds and how its values are read, with the file's own rows to compare. */
export function MappingStep({ state, step }: MappingStepProps) {
  const { t } = useTranslation();
  const { file, draft, errors } = step;
  const form = useRef<HTMLFormElement>(null);
  const submitted = useRef(false);
  const wrong = Object.keys(errors).length;

  useEffect(() => {
    // Only once for every check: whoever mends one field is not to be torn to the next.
    if (Object.keys(errors).length === 0 || !submitted.current) return;
    submitted.current = false;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    first?.scrollIntoView({ block: 'center' });
    first?.focus();
  }, [errors]);

  return (
    <form
      ref={form}
      noValidate
      style={{ display: 'contents' }}
      onSubmit={(event) => {
        event.preventDefault();
        submitted.current = true;
        void state.review();
      }}
    >
      <section className={classes['scroll']} inert={state.busy} aria-label={t('import.step.mapping')}>
        <Stack gap="sm" pb="xs">
          {state.problem !== null && <ProblemNote problem={state.problem} />}
          <FileNote file={file} note={t(`import.file.${file.remembered ? 'remembered' : 'suggested'}`)} />
          <Paper withBorder p="md" radius="md">
            <Stack gap="md">
              <ColumnFields file={file} draft={draft} errors={errors} onChange={state.setDraft} />
            </Stack>
          </Paper>
          <Paper withBorder p="md" radius="md">
            <Stack gap="sm">
              <Title order={3} size="h5">
                {t('import.sample.title')}
              </Title>
              <SampleRows
                columns={file.columns}
                sample={file.sample}
                labelsOf={(column) =>
                  importFields
                    .filter((field) => draft.columns[field] === column)
                    .map((field) => t(`import.field.${field}`))
                }
              />
            </Stack>
          </Paper>
          <Paper withBorder p="md" radius="md">
            <ReadingOptions draft={draft} errors={errors} onChange={state.setDraft} />
          </Paper>
        </Stack>
      </section>
      <StepFooter state={state}>
        {wrong > 0 && (
          <Text size="sm" c="red" role="alert">
            {t('import.mapping.wrong', { count: wrong })}
          </Text>
        )}
        <Button type="submit" loading={state.busy} rightSection={<ArrowRight size={16} aria-hidden />}>
          {t('import.mapping.next')}
        </Button>
      </StepFooter>
    </form>
  );
}
