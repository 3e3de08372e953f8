import type { CatalogDeps } from './deps';

const rowsAtOnce = 500;

/** Takes all waiting rows of a run for written: a person has said so, since the store was not asked. */
export async function settleAsWritten({ runs }: Pick<CatalogDeps, 'runs'>, id: number): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await runs.rowsIn(id, 'pending', after, rowsAtOnce);
    const last = rows.at(-1);
    if (last === undefined) return;
    await runs.settle(id, rows, new Map());
    after = last.sku;
  }
}
