import { useTranslation } from 'react-i18next';
import type { ImportOrder, ImportReason } from '../../contract/import';

/** One reason with every row of the order that it is true of. */
export interface ReasonGroup {
  reason: ImportReason;
  rows: number[];
  /** What stands in the file, where all its rows say the same. */
  value: string | null;
}

/** Rows named in a sentence; of more than these only the first are. */
const rowsNamed = 5;

/** The reasons of an order, each once: twelve rows with the same fault are one sentence. */
export function byReason(reasons: ImportOrder['reasons']): ReasonGroup[] {
  const groups = new Map<ImportReason, ReasonGroup>();
  for (const { reason, row, value } of reasons) {
    const group = groups.get(reason);
    if (group === undefined) groups.set(reason, { reason, rows: row === null ? [] : [row], value });
    else {
      if (row !== null) group.rows.push(row);
      if (group.value !== value) group.value = null;
    }
  }
  return [...groups.values()];
}

/** "La cantidad no es mayor que cero: «-1» (filas 237 y 238)". */
export function useReasonText(): (group: ReasonGroup) => string {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  return ({ reason, rows, value }) => {
    const sentence = t(`import.reason.${reason}`);
    // A cancellation is told by the order's number, which is there to be read already.
    const quoted =
      value === null || value === '' || reason === 'cancellation'
        ? ''
        : `: ${t('import.review.value', { value })}`;
    if (rows.length === 0) return sentence + quoted;
    // As a spreadsheet shows them: 1443, never 1.443.
    const named = rows.slice(0, rowsNamed).map(String);
    const others = rows.length - named.length;
    if (others > 0) named.push(t('import.review.otherRows', { count: others }));
    return `${sentence}${quoted} (${t('import.review.rows', { count: rows.length, rows: list.format(named) })})`;
  };
}
