import { type Decimal, isDecimal } from '../../../contract/decimal';

/*
 * The store's stock in its column: empty where it is not known, as in a file with a blank cell. An empty text is neither
 * null nor zero to SQL's comparisons, so that such a product differs from every target.
 */

export const storeStockText = (stock: Decimal | null): string => stock ?? '';

export function readStoreStock(text: string): Decimal | null {
  if (text === '') return null;
  if (!isDecimal(text)) throw new Error('the stock is no decimal');
  return text;
}
