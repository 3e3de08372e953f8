import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CatalogFileField, catalogFileFields } from '../../../contract/catalogFile';
import { ColumnSelect } from '../../ui/mapping/ColumnSelect';
import { FieldGroup } from '../../ui/mapping/FieldGroup';
import { MappingFrame } from '../../ui/mapping/MappingFrame';
import { ReadingFields } from '../../ui/mapping/ReadingFields';
import { SampleRows } from '../../ui/mapping/SampleRows';
import { ListColumns } from './ListColumns';
import type { MappingFormProps } from './useCatalogFile';
import { useMappingFault } from './useMappingFault';

/** What each column of the store's file holds and how its numbers are written, with its own rows to compare. */
export function MappingForm({ state, step }: MappingFormProps) {
  const { t } = useTranslation();
  const { file, draft, errors } = step;
  const fault = useMappingFault(errors);

  function choose(field: CatalogFileField, column: string | null): void {
    const { [field]: _before, ...others } = draft.columns;
    state.setDraft({ columns: column === null ? others : { ...others, [field]: column } });
  }

  return (
    <MappingFrame
      file={file}
      note={t(`catalogFile.file.${file.remembered ? 'remembered' : 'suggested'}`)}
      problem={state.problem}
      busy={state.busy}
      errors={errors}
      next={t('catalogFile.mapping.next')}
      onNext={() => void state.check()}
      onBack={() => void state.leave()}
    >
      <Paper withBorder p="md" radius="md">
        <FieldGroup title={t('catalogFile.mapping.columns')}>
          {catalogFileFields.map((field) => (
            <ColumnSelect
              key={field}
              label={t(`catalogFile.field.${field}`)}
              file={file}
              required={field === 'sku'}
              value={draft.columns[field] ?? null}
              error={fault(`columns.${field}`)}
              onChange={(column) => choose(field, column)}
            />
          ))}
        </FieldGroup>
      </Paper>
      <ListColumns state={state} step={step} />
      <Paper withBorder p="md" radius="md">
        <FieldGroup title={t('import.group.reading')}>
          <ReadingFields draft={draft} fault={fault} onChange={state.setDraft} />
        </FieldGroup>
      </Paper>
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
    </MappingFrame>
  );
}
