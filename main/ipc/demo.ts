import { failed, ok, problem } from '../../contract/problem';
import type { CsvForm, OutTable } from '../engine/export/outTable';
import { saveTable, type TableSaver } from '../engine/export/saveTable';
import type { ImportSession } from '../engine/import/session';
import type { Translate } from '../engine/ports';
import type { Handlers } from './handlers';

/** What only the sample data can do. */
export interface DemoControls {
  confirmOrders(count: number): Promise<void>;
  /** The address of the pages of the sandbox. */
  simulator: string;
  /** Adds products to the sandbox org; answers how many were new. */
  addProducts(products: readonly { sku: string; name: string; price: string }[]): Promise<number>;
  /** The sample store's catalogue as it would export it. */
  catalogFile(): { table: OutTable; form: CsvForm };
}

export interface DemoDeps {
  demo: () => DemoControls | null;
  session: () => ImportSession | null;
  openSimulator: (address: string) => Promise<void>;
  saver: TableSaver;
  t: () => Translate;
}

type Names = Extract<keyof Handlers, `demo.${string}`>;

export function demoHandlers({ demo, session, openSimulator, saver, t }: DemoDeps): Pick<Handlers, Names> {
  return {
    'demo.confirmOrders': async ({ count }) => {
      const controls = demo();
      if (controls === null) return failed(problem('app.notFound'));
      return ok(await controls.confirmOrders(count));
    },
    'demo.openSimulator': async () => {
      const controls = demo();
      if (controls === null) return failed(problem('app.notFound'));
      return ok(await openSimulator(controls.simulator));
    },
    'demo.saveCatalog': async () => {
      const file = demo()?.catalogFile();
      if (file === undefined) return failed(problem('app.notFound'));
      const title = t()('catalogFile.demo.fileTitle');
      return saveTable(saver, file.table, { title, format: 'csv', form: file.form });
    },
    'demo.addProducts': async ({ fileId }) => {
      const controls = demo();
      const products = await session()?.products(fileId);
      if (controls === null || products === undefined) return failed(problem('app.notFound'));
      return products.ok ? ok({ added: await controls.addProducts(products.value) }) : products;
    },
  };
}
