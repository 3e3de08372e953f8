import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wrapperOrder } from './FieldGroup';

export interface ColumnSelectProps {
  label: string;
  file: { columns: readonly string[]; sample: readonly (readonly string[])[] };
  required: boolean;
  /** Null while none is chosen. */
  value: string | null;
  error: string | null;
  onChange: (column: string | null) => void;
}

/** The column of the file that holds one thing, with a value from the file below. */
export function ColumnSelect({ label, file, required, value, error, onChange }: ColumnSelectProps) {
  const { t } = useTranslation();
  const example = exampleOf(file, value);
  // A remembered column that this file lacks stays visible, so that the error below it makes sense.
  const columns = [...new Set([...file.columns, value ?? ''])].filter((column) => column !== '');
  return (
    <Select
      label={label}
      description={example === '' ? null : t('import.example', { value: example })}
      inputWrapperOrder={wrapperOrder}
      styles={{ description: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } }}
      withAsterisk={required}
      clearable={!required}
      clearButtonProps={{ 'aria-label': t('import.clearColumn') }}
      searchable={columns.length > 12}
      nothingFoundMessage={t('import.noColumn')}
      placeholder={t(required ? 'import.choosePlaceholder' : 'import.notInFile')}
      data={columns}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}

/** The first value of a column that is not blank. */
function exampleOf(file: ColumnSelectProps['file'], column: string | null): string {
  if (column === null) return '';
  const position = file.columns.indexOf(column);
  return file.sample.map((row) => row[position]?.trim() ?? '').find((value) => value !== '') ?? '';
}
