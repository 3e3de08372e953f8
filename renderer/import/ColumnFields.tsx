import { useTranslation } from 'react-i18next';
import {
  type ImportField,
  type ImportFile,
  type ImportMappingDraft,
  importFields,
  requiredImportFields,
} from '../../contract/import';
import { ColumnSelect } from '../ui/mapping/ColumnSelect';
import { FieldGroup } from '../ui/mapping/FieldGroup';
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
        <FieldGroup key={name} title={t(`import.group.${name}`)}>
          {fields.map((field) => (
            <ColumnField key={field} field={field} {...props} />
          ))}
        </FieldGroup>
      ))}
    </>
  );
}

function ColumnField({ field, file, draft, errors, onChange }: ColumnFieldsProps & { field: ImportField }) {
  const { t } = useTranslation();
  const fault = useFault(errors);

  function choose(column: string | null): void {
    const { [field]: _before, ...others } = draft.columns;
    onChange({ columns: column === null ? others : { ...others, [field]: column } });
  }

  return (
    <ColumnSelect
      label={t(`import.field.${field}`)}
      file={file}
      required={required.has(field)}
      value={draft.columns[field] ?? null}
      error={fault(`columns.${field}`)}
      onChange={choose}
    />
  );
}
