import type { CatalogDeps } from './deps';
import type { RowStretch } from './ports';

/** The SKUs of a run's rows that the store would not have. */
export async function refusedSkus({ runs }: Pick<CatalogDeps, 'runs'>, id: number): Promise<Set<string>> {
  const skus = new Set<string>();
  for (let place: number | null = 0; place !== null; ) {
    const { rows, next }: RowStretch = await runs.rowsIn(id, 'refused', place, 500);
    for (const { sku } of rows) skus.add(sku);
    place = next;
  }
  return skus;
}
