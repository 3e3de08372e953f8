import {
  type ImportField,
  type ImportMapping,
  type ImportMappingDraft,
  importFields,
  importMappingSchema,
  requiredImportFields,
} from '../../../../contract/import';
import { isTimeZone } from '../timeZone';

/** What is wrong with one field of the mapping's form. */
export type MappingFault =
  | 'required'
  | 'columnMissing'
  | 'columnUsedTwice'
  | 'currency'
  | 'timeZone'
  | 'taxIdPlaceholder'
  | 'tooLong'
  | 'tooMany'
  | 'invalid';

export type MappingCheck =
  | { ok: true; mapping: ImportMapping }
  /** By path as in the settings: `columns.sku`, `currency`. */
  | { ok: false; fields: Record<string, MappingFault> };

/**
 * Checks a mapping as a person left it on screen against the columns of the file, and tidies it: texts
 * trimmed, currency in capitals, blank and repeated service codes dropped.
 */
export function validateMapping(draft: ImportMappingDraft, columns: readonly string[]): MappingCheck {
  const fields: Record<string, MappingFault> = {};
  const chosen = chosenColumns(draft);
  for (const field of requiredImportFields) {
    if (chosen[field] === undefined) fields[`columns.${field}`] = 'required';
  }
  for (const field of importFields) {
    const column = chosen[field];
    if (column !== undefined && !columns.includes(column)) fields[`columns.${field}`] = 'columnMissing';
  }
  for (const field of fieldsSharingColumns(chosen)) fields[`columns.${field}`] ??= 'columnUsedTwice';

  const tidy = {
    ...draft,
    columns: chosen,
    currency: draft.currency.trim().toUpperCase(),
    timeZone: draft.timeZone.trim(),
    buyerNamePattern: draft.buyerNamePattern.trim(),
    cancellationPrefix: draft.cancellationPrefix.trim(),
    serviceCodes: distinctCodes(draft.serviceCodes),
  };
  if (tidy.currency === '') fields['currency'] = 'required';
  if (tidy.timeZone === '') fields['timeZone'] = 'required';
  else if (!isTimeZone(tidy.timeZone)) fields['timeZone'] = 'timeZone';
  if (tidy.buyerNamePattern === '' && chosen.buyerName === undefined) fields['buyerNamePattern'] = 'required';
  if (/[{}]/.test(tidy.buyerNamePattern.replaceAll('{taxId}', ''))) {
    fields['buyerNamePattern'] = 'taxIdPlaceholder';
  }

  const parsed = importMappingSchema.safeParse(tidy);
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path[0] === 'serviceCodes' ? 'serviceCodes' : issue.path.join('.');
    fields[path] ??= faultOf(issue);
  }
  return parsed.success && Object.keys(fields).length === 0
    ? { ok: true, mapping: parsed.data }
    : { ok: false, fields };
}

/** Columns really chosen: a cleared select leaves an empty text behind. */
function chosenColumns(draft: ImportMappingDraft): ImportMapping['columns'] {
  const chosen: ImportMapping['columns'] = {};
  for (const field of importFields) {
    const column = draft.columns[field];
    if (column !== undefined && column !== '') chosen[field] = column;
  }
  return chosen;
}

/** One column may stand for two of these: a code that doubles as a name, a buyer known by the tax ID. */
const mayShare: readonly ReadonlySet<ImportField>[] = [
  new Set(['sku', 'productName']),
  new Set(['buyerTaxId', 'buyerName', 'buyerContact']),
];

function fieldsSharingColumns(chosen: ImportMapping['columns']): ImportField[] {
  return importFields.filter((field) =>
    importFields.some(
      (other) =>
        other !== field &&
        chosen[field] !== undefined &&
        chosen[field] === chosen[other] &&
        !mayShare.some((set) => set.has(field) && set.has(other)),
    ),
  );
}

function distinctCodes(codes: readonly string[]): string[] {
  return [...new Set(codes.map((code) => code.trim()).filter((code) => code !== ''))];
}

type Issue = NonNullable<ReturnType<typeof importMappingSchema.safeParse>['error']>['issues'][number];

function faultOf(issue: Issue): MappingFault {
  if (issue.path[0] === 'currency') return 'currency';
  if (issue.code === 'too_big') return issue.origin === 'array' ? 'tooMany' : 'tooLong';
  return 'invalid';
}
