import type { RunRow } from '../../../contract/catalog';
import type { OutCell, OutTable } from '../export/outTable';
import type { Translate } from '../ports';

/** The rows of a run as a table in the person's language, old and new side by side. */
export function rowsTable(rows: AsyncIterable<RunRow>, t: Translate, decimalMark: ',' | '.'): OutTable {
  return {
    headings: columns.map((column) => t(`catalogFile.heading.${column}`)),
    rows: cells(rows, t, decimalMark),
  };
}

const columns = [
  'sku',
  'name',
  'stockBefore',
  'stockAfter',
  'priceBefore',
  'priceAfter',
  'lists',
  'state',
  'refusal',
] as const;

async function* cells(rows: AsyncIterable<RunRow>, t: Translate, mark: ',' | '.'): AsyncGenerator<OutCell[]> {
  const shown = (value: string) => value.replace('.', mark);
  for await (const { sku, name, stock, price, lists, state, refusal } of rows)
    yield [
      sku,
      name,
      number(stock?.old),
      number(stock?.new),
      number(price?.old),
      number(price?.new),
      lists
        .map(({ list, old, new: after }) =>
          t('catalog.listChange', {
            list,
            old: old === null ? t('catalog.blank') : shown(old),
            new: shown(after),
          }),
        )
        .join('; '),
      t(`catalog.rowState.${state}`),
      refusal === null
        ? null
        : [t(`catalog.refusal.${refusal.code}`), refusal.message].filter((text) => text !== '').join(': '),
    ];
}

const number = (value: NonNullable<RunRow['stock']>['old'] | undefined): OutCell =>
  value === null || value === undefined ? null : { decimal: value };
