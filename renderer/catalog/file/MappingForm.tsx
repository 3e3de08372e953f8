import { Autocomplete, Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type CatalogFileField, catalogFileFields } from '../../../contract/catalogFile';
import { FileNote } from '../../import/FileNote';
import classes from '../../import/Import.module.css';
import { SampleRows } from '../../import/SampleRows';
import { currencies } from '../../ui/currencies';
import { ProblemNote } from '../../ui/ProblemNote';
import { ListColumns } from './ListColumns';
import type { MappingFormProps } from './useCatalogFile';
import { useMappingFault } from './useMappingFault';

/** What each column of the store's file holds and how its numbers are written, with its own rows to compare. */
export function MappingForm({ state, step }: MappingFormProps) {
  const { t } = useTranslation();
  const { file, draft, errors } = step;
  const form = useRef<HTMLFormElement>(null);
  const fault = useMappingFault(errors);
  const wrong = Object.keys(errors).length;

  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    first?.scrollIntoView({ block: 'center' });
    first?.focus();
  }, [errors]);

  return (
    <form
      ref={form}
      noValidate
      style={{ display: 'flex', flexDirection: 'column', gap: 'var(--mantine-spacing-sm)', height: '100%' }}
      onSubmit={(event) => {
        event.preventDefault();
        void state.check();
      }}
    >
      <section className={classes['scroll']} inert={state.busy} aria-label={t('import.step.mapping')}>
        <Stack gap="sm" pb="xs">
          {state.problem !== null && <ProblemNote problem={state.problem} />}
          <FileNote
            file={file}
            note={t(`catalogFile.file.${file.remembered ? 'remembered' : 'suggested'}`)}
          />
          <Paper withBorder p="md" radius="md">
            <Stack gap="xs">
              <Title order={3} size="h5">
                {t('catalogFile.mapping.columns')}
              </Title>
              <div className={classes['fields']}>
                {catalogFileFields.map((field) => (
                  <ColumnField key={field} field={field} state={state} step={step} />
                ))}
              </div>
            </Stack>
          </Paper>
          <ListColumns state={state} step={step} />
          <Paper withBorder p="md" radius="md">
            <Stack gap="xs">
              <Title order={3} size="h5">
                {t('import.group.reading')}
              </Title>
              <div className={classes['fields']}>
                <Select
                  label={t('import.option.decimalMark.label')}
                  description={t('import.option.decimalMark.help')}
                  inputWrapperOrder={wrapperOrder}
                  allowDeselect={false}
                  data={[
                    { value: ',', label: '1.234,56' },
                    { value: '.', label: '1,234.56' },
                  ]}
                  value={draft.decimalMark}
                  onChange={(value) => state.setDraft({ decimalMark: value === '.' ? '.' : ',' })}
                />
                <Autocomplete
                  label={t('import.option.currency.label')}
                  description={t('import.option.currency.help')}
                  inputWrapperOrder={wrapperOrder}
                  withAsterisk
                  maxLength={3}
                  data={currencies}
                  filter={({ options }) => options}
                  value={draft.currency}
                  error={fault('currency')}
                  onChange={(currency) => state.setDraft({ currency: currency.toUpperCase() })}
                />
              </div>
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
                labelsOf={(column) => [
                  ...catalogFileFields
                    .filter((field) => draft.columns[field] === column)
                    .map((field) => t(`catalogFile.field.${field}`)),
                  ...draft.lists.filter((list) => list.column === column).map(({ priceBook }) => priceBook),
                ]}
              />
            </Stack>
          </Paper>
        </Stack>
      </section>
      <Group justify="space-between" wrap="nowrap">
        <Button
          variant="default"
          disabled={state.busy}
          leftSection={<ArrowLeft size={16} aria-hidden />}
          onClick={() => void state.leave()}
        >
          {t('import.back.mapping')}
        </Button>
        <Group gap="sm" wrap="nowrap">
          {wrong > 0 && (
            <Text size="sm" c="red" role="alert">
              {t('import.mapping.wrong', { count: wrong })}
            </Text>
          )}
          <Button type="submit" loading={state.busy} rightSection={<ArrowRight size={16} aria-hidden />}>
            {t('catalogFile.mapping.next')}
          </Button>
        </Group>
      </Group>
    </form>
  );
}

/** The help stands below, so that fields side by side are on one line. */
const wrapperOrder: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

function ColumnField({ field, state, step }: MappingFormProps & { field: CatalogFileField }) {
  const { t } = useTranslation();
  const { file, draft, errors } = step;
  const fault = useMappingFault(errors);
  const required = field === 'sku';
  const chosen = draft.columns[field] ?? null;
  const position = chosen === null ? -1 : file.columns.indexOf(chosen);
  const example = file.sample.map((row) => row[position] ?? '').find((value) => value !== '') ?? '';

  function choose(column: string | null): void {
    const { [field]: _before, ...others } = draft.columns;
    state.setDraft({ columns: column === null ? others : { ...others, [field]: column } });
  }

  return (
    <Select
      label={t(`catalogFile.field.${field}`)}
      description={example === '' ? null : t('import.example', { value: example })}
      inputWrapperOrder={wrapperOrder}
      styles={{ description: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } }}
      withAsterisk={required}
      clearable={!required}
      clearButtonProps={{ 'aria-label': t('import.clearColumn') }}
      searchable={file.columns.length > 12}
      nothingFoundMessage={t('import.noColumn')}
      placeholder={t(required ? 'import.choosePlaceholder' : 'import.notInFile')}
      data={file.columns}
      value={chosen}
      error={fault(`columns.${field}`)}
      onChange={choose}
    />
  );
}
