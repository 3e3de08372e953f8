import type { CallInput } from '../../contract/calls';
import { call } from '../bridge/bridge';
import { usePages } from '../ui/usePages';

export type Verdict = CallInput<'import.orders'>['verdict'];

/** The orders of the last preview of a file, fetched page by page as the list scrolls. */
export function useImportOrders(fileId: string, verdict: Verdict) {
  return usePages(`${fileId} ${verdict}`, async (offset, limit) => {
    const answer = await call('import.orders', { fileId, verdict, offset, limit });
    if (!answer.ok) return answer;
    const { orders: rows, total } = answer.value;
    return { ok: true, value: { rows, total } };
  });
}
