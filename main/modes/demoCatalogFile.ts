import { type Decimal, decimalSchema } from '../../contract/decimal';
import type { Sandbox } from '../../sandbox';
import type { CsvForm, OutCell, OutTable } from '../engine/export/outTable';

type Catalogue = Sandbox['store']['core']['catalogue'];

const productsAtOnce = 500;

/** As a shop's own export comes in Argentina; nothing in it is guarded, since it was never meant for a spreadsheet alone. */
export const demoCatalogForm: CsvForm = {
  ...{ kind: 'csv', delimiter: ';', decimalMark: ',', encoding: 'UTF-8' },
  ...{ marked: true, guarded: false },
};

/** The sample store's catalogue as the store would export it: in its own language, with a column that nobody needs. */
export function demoCatalogTable(catalogue: Catalogue): OutTable {
  const lists = catalogue.lists();
  return {
    headings: ['SKU', 'Producto', 'Publicado', 'Stock', 'Precio', ...lists.map(({ name }) => name)],
    rows: rowsOf(
      catalogue,
      lists.map(({ id }) => id),
    ),
    total: catalogue.count(),
  };
}

async function* rowsOf(catalogue: Catalogue, lists: readonly string[]): AsyncGenerator<OutCell[]> {
  for (let after = ''; ; ) {
    const products = catalogue.products(after, productsAtOnce);
    const last = products.at(-1);
    if (last === undefined) return;
    for (const { sku, name, active, stock, price, prices } of products)
      yield [
        ...[sku, name, active ? 'Sí' : 'No'],
        ...[stock, price, ...lists.map((list) => prices[list])].map(number),
      ];
    after = last.sku;
  }
}

function number(value: string | undefined): OutCell {
  const decimal: Decimal | undefined = decimalSchema.safeParse(value).data;
  return decimal === undefined ? null : { decimal };
}
