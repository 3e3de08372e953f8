import { type CatalogOptions, createCatalog } from './catalog';
import { createFileDesk } from './engine/catalog/file/desk';
import type { CatalogMappings } from './engine/catalog/file/ports';
import { createOpenCatalog } from './ventasxmayor/spreadsheet/openCatalog';

export interface CatalogByFileOptions extends Omit<CatalogOptions, 'store' | 'choice' | 'healthChanged'> {
  mappings: CatalogMappings;
}

/** Stock and prices for a store without an API: its catalogue comes as a file, and goes out as one. Knows no window. */
export function createCatalogByFile({ mappings, ...options }: CatalogByFileOptions) {
  const open = createOpenCatalog({ mappings, lists: () => options.rules().prices.lists });
  const catalog = createCatalog({
    ...options,
    store: open.store,
    rules() {
      const rules = options.rules();
      return {
        ...rules,
        // The file's own columns say which lists there are.
        prices: { ...rules.prices, lists: open.lists() },
        // A file has to be opened by a person.
        schedule: { ...rules.schedule, on: false },
      };
    },
    choice: () => ({ warehouse: '', companies: [] }),
    healthChanged: () => undefined,
  });
  return { ...catalog, files: createFileDesk({ catalog: open, ...catalog }) };
}
