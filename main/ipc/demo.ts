import { failed, ok, problem } from '../../contract/problem';
import type { ImportSession } from '../engine/import/session';
import type { Handlers } from './handlers';

/** What only the sample data can do. */
export interface DemoControls {
  confirmOrders(count: number): Promise<void>;
  /** The address of the pages of the sandbox. */
  simulator: string;
  /** Adds products to the sandbox org; answers how many were new. */
  addProducts(products: readonly { sku: string; name: string; price: string }[]): Promise<number>;
}

export interface DemoDeps {
  demo: () => DemoControls | null;
  session: () => ImportSession | null;
  openSimulator: (address: string) => Promise<void>;
}

type Names = Extract<keyof Handlers, `demo.${string}`>;

export function demoHandlers({ demo, session, openSimulator }: DemoDeps): Pick<Handlers, Names> {
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
    'demo.addProducts': async ({ fileId }) => {
      const controls = demo();
      const products = await session()?.products(fileId);
      if (controls === null || products === undefined) return failed(problem('app.notFound'));
      return products.ok ? ok({ added: await controls.addProducts(products.value) }) : products;
    },
  };
}
