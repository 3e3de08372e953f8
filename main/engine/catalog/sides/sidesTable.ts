import Big from 'big.js';
import type { SideRow } from '../../../../contract/catalogSides';
import { type Decimal, decimalSchema } from '../../../../contract/decimal';
import type { OutCell, OutTable } from '../../export/outTable';
import type { Translate } from '../../ports';

const columns = [
  'sku',
  'name',
  'status',
  'stockStore',
  'stockOrg',
  'stockWanted',
  'stockDifference',
  'priceStore',
  'priceOrg',
  'priceWanted',
  'priceDifference',
  'lists',
  'notes',
  'similar',
] as const;

/** Both sides next to each other as a table in the person's language, ready to be handed on. */
export function sidesTable(
  stretches: AsyncIterable<readonly SideRow[]>,
  t: Translate,
  decimalMark: ',' | '.',
): OutTable {
  return {
    headings: columns.map((column) => t(`catalogSides.heading.${column}`)),
    rows: cells(stretches, t, decimalMark),
  };
}

async function* cells(
  stretches: AsyncIterable<readonly SideRow[]>,
  t: Translate,
  mark: ',' | '.',
): AsyncGenerator<OutCell[]> {
  for await (const rows of stretches)
    for (const row of rows) {
      const { store, org, wanted, change } = row;
      const stock = change?.stock?.new ?? wanted?.stock ?? null;
      const price = change?.price?.new ?? wanted?.price ?? null;
      yield [
        row.sku,
        row.name,
        t(`catalogSides.status.${row.status}`),
        number(store?.stock ?? null),
        number(org?.stock ?? null),
        number(stock),
        number(difference(store?.stock ?? null, stock)),
        number(store?.price ?? null),
        number(org?.price ?? null),
        number(price),
        number(difference(store?.price ?? null, price)),
        row.lists.map((list) => listText(list, t, mark)).join('; '),
        row.notes.map((note) => t(`catalogSides.note.${note}`)).join('; '),
        row.similar,
      ];
    }
}

/** By how much the store's value would move; nothing where one of the two is not known. */
function difference(store: Decimal | null, wanted: Decimal | null): Decimal | null {
  if (store === null || wanted === null) return null;
  return decimalSchema.parse(new Big(wanted).minus(store).toFixed());
}

function listText({ list, store, wanted }: SideRow['lists'][number], t: Translate, mark: ',' | '.'): string {
  const shown = (value: Decimal | null) => (value === null ? t('catalog.blank') : value.replace('.', mark));
  if (wanted === null || wanted === store) return `${list}: ${shown(store)}`;
  return t('catalog.listChange', { list, old: shown(store), new: shown(wanted) });
}

const number = (value: Decimal | null): OutCell => (value === null ? null : { decimal: value });
