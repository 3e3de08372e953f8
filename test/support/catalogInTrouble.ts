import { expect } from 'vitest';
import { type CatalogAtWork, startCatalog } from './catalogAtWork';
import { createTamperedFetch, type TamperedFetch } from './tamperedFetch';

export interface CatalogInTrouble {
  work: CatalogAtWork;
  line: TamperedFetch;
  /** A new update does what it has to, whatever an earlier one left behind. */
  expectWell(): Promise<void>;
}

/** A catalogue whose line can be tampered with, read in small pages, so that there is a middle. */
export async function startCatalogInTrouble(): Promise<CatalogInTrouble> {
  const line = createTamperedFetch();
  const work = await startCatalog(
    { content: { products: 450, buyers: 2, stockEverywhere: true } },
    { fetch: line.fetch },
  );
  line.tamper({ path: /\/query\b/, headers: { 'sforce-query-options': 'batchSize=200' } });
  line.tamper({ path: /\/v1\/products$/, address: (url) => url.searchParams.set('limit', '50') });
  return {
    work,
    line,
    async expectWell() {
      line.stop();
      work.sandbox.faults.clear();
      const run = await work.update({}, true);
      expect(run.status).toMatchObject({ state: 'done', refused: 0, left: 0 });
      expect(await work.update({ reading: 'full' })).toMatchObject({ summary: { changes: 0 } });
    },
  };
}
