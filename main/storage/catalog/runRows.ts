import { z } from 'zod';
import { type RowState, type RunRow, rowStates, runRowSchema } from '../../../contract/catalog';
import { type Decimal, isDecimal } from '../../../contract/decimal';
import type { NewRow, PlacedRow } from '../../engine/catalog/ports';
import { json } from '../rows';

/*
 * A run's rows are kept many to a text, and their states, which move, beside it as one letter each: a row of a table for
 * each product would be felt, since there are hundreds of thousands of them (docs/decisions/0087).
 */

const letters: Record<RowState, string> = {
  pending: 'p',
  applied: 'a',
  refused: 'r',
  superseded: 's',
  drifted: 'd',
};

export const letterOf = (state: RowState): string => letters[state];

const states = new Map(rowStates.map((state) => [letterOf(state), state]));

function stateOf(letter: string | undefined): RowState {
  const state = states.get(letter ?? '');
  if (state === undefined) throw new Error(`a row in the state ${letter}`);
  return state;
}

/** Rows as the text they are kept in. */
export const rowsText = (rows: readonly NewRow[]): string => JSON.stringify(rows.map(cellsOf));

export const rowText = (row: NewRow): string => JSON.stringify(cellsOf(row));

const cellsOf = ({ sku, name, stock, price, lists }: NewRow): unknown[] => [
  sku,
  name,
  stock?.old ?? null,
  stock?.new ?? null,
  price?.old ?? null,
  price?.new ?? null,
  ...(lists.length === 0 ? [] : [lists]),
];

const refusalsText = json(z.record(z.string(), runRowSchema.shape.refusal.unwrap()));
export type KeptRefusals = z.output<typeof refusalsText>;

/** Why rows were refused, by their place in the part. */
export const readRefusals = (text: string): KeptRefusals => (text === '{}' ? {} : refusalsText.parse(text));

/** A part's rows with their states; `start` is the place of the first. */
export function readRows(
  text: string,
  start: number,
  letterByRow: string,
  refusals: KeptRefusals,
): PlacedRow[] {
  const kept: unknown = JSON.parse(text);
  if (!Array.isArray(kept) || kept.length !== letterByRow.length)
    throw new Error('a part of a run is no list');
  return kept.map((cells, at) => readRow(cells, start + at, letterByRow[at], refusals[at] ?? null));
}

/** One row of a part; its cells are checked by hand, since a schema's cost is felt over a catalogue. */
export function readRow(
  cells: unknown,
  place: number,
  letter: string | undefined,
  refusal: RunRow['refusal'],
): PlacedRow {
  if (!Array.isArray(cells)) throw new Error('a row of a run is no list');
  const [sku, name, stockOld, stockNew, priceOld, priceNew, lists]: unknown[] = cells;
  if (typeof sku !== 'string' || typeof name !== 'string') throw new Error('a row without a SKU');
  return {
    sku,
    name,
    stock: changeOf(stockOld, stockNew),
    price: changeOf(priceOld, priceNew),
    lists: lists === undefined ? [] : runRowSchema.shape.lists.parse(lists),
    state: stateOf(letter),
    refusal,
    place,
  };
}

function changeOf(before: unknown, after: unknown): RunRow['stock'] {
  const value = decimalOrNull(after);
  return value === null ? null : { old: decimalOrNull(before), new: value };
}

function decimalOrNull(value: unknown): Decimal | null {
  if (value === null) return null;
  if (typeof value !== 'string' || !isDecimal(value)) throw new Error('a row holds no decimal');
  return value;
}
