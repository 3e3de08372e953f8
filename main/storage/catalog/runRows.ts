import { type RunRow, rowStates, runRowSchema } from '../../../contract/catalog';
import { json } from '../rows';
import { decimalAt, decimalOrNullAt, textAt, textOrNullAt } from './columns';

export const rowColumns = 'sku, name, stock_old, stock_new, price_old, price_new, lists, state, refusal';

const listsText = json(runRowSchema.shape.lists);
const refusalText = json(runRowSchema.shape.refusal.unwrap());

/** A row of a run as it is kept. */
export function readRunRow(row: unknown): RunRow {
  const lists = textAt(row, 'lists');
  const refusal = textOrNullAt(row, 'refusal');
  const kept = textAt(row, 'state');
  const state = rowStates.find((known) => known === kept);
  if (state === undefined) throw new Error(`a row in the state ${kept}`);
  return {
    sku: textAt(row, 'sku'),
    name: textAt(row, 'name'),
    stock: changeAt(row, 'stock_old', 'stock_new'),
    price: changeAt(row, 'price_old', 'price_new'),
    lists: lists === '[]' ? [] : listsText.parse(lists),
    state,
    refusal: refusal === null ? null : refusalText.parse(refusal),
  };
}

function changeAt(row: unknown, before: string, after: string): RunRow['stock'] {
  if (textOrNullAt(row, after) === null) return null;
  return { old: decimalOrNullAt(row, before), new: decimalAt(row, after) };
}
