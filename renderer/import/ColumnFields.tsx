import { Select, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type ImportField,
  type ImportFile,
  type ImportMappingDraft,
  importFields,
  requiredImportFields,
} from '../../contract/import';
import classes from './Import.module.css';
import { useFault } from './useFault';

const required: ReadonlySet<ImportField> = new Set(requiredImportFields);
const optionalFields = importFields.filter((field) => !required.has(field));

export interface ColumnFieldsProps {
  file: ImportFile;
  draft: ImportMappingDraft;
  errors: Record<string, string>;
  onChange: (part: Partial<ImportMappingDraft>) => void;
}

/** For each thing an order is made of, the column that holds it, with a value from the file below. */
export function ColumnFields(props: ColumnFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      {[
        { name: 'required', fields: requiredImportFields },
        { name: 'optional', fields: optionalFields },
      ].map(({ name, fields }) => (
        <Stack key={name} gap="xs">
          <Title order={3} size="h5">
            {t(`import.group.${name}`)}
          </Title>
          <div className={classes['fields']}>
            {fields.map((field) => (
              <ColumnField key={field} field={field} {...props} />
            ))}
          </div>
        </Stack>
      ))}
    </>
  );
}

function ColumnField({ field, file, draft, errors, onChange }: ColumnFieldsProps & { field: ImportField }) {
  const { t } = useTranslation();
  const fault = useFault(errors);
  const chosen = draft.columns[field] ?? null;
  const example = exampleOf(file, chosen);
  // A remembered column that this file lacks stays visible, so that the error below it makes sense.
  const columns = [...new Set([...file.columns, chosen ?? ''])].filter((column) => column !== '');

  function choose(column: string | null): void {
    const { [field]: _before, ...others } = draft.columns;
    onChange({ columns: column === null ? others : { ...others, [field]: column } });
  }

  return (
    <Select
      label={t(`import.field.${field}`)}
      description={example === '' ? null : t('import.example', { value: example })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      styles={{ description: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } }}
      withAsterisk={required.has(field)}
      clearable={!required.has(field)}
      clearButtonProps={{ 'aria-label': t('import.clearColumn') }}
      searchable={columns.length > 12}
      nothingFoundMessage={t('import.noColumn')}
      placeholder={t(required.has(field) ? 'import.choosePlaceholder' : 'import.notInFile')}
      data={columns}
      value={chosen}
      error={fault(`columns.${field}`)}
      onChange={choose}
    />
  );
}

/** The first value of a column that is not blank. */
function exampleOf(file: ImportFile, column: string | null): string {
  if (column === null) return '';
  const position = file.columns.indexOf(column);
  return file.sample.map((row) => row[position]?.trim() ?? '').find((value) => value !== '') ?? '';
}
