/**
 * A SKU without what people and spreadsheets change by accident: blanks, case, leading zeros. Two SKUs of the same
 * form are near misses, which are reported and never taken for each other.
 */
export function looseSku(sku: string): string {
  const plain = sku.replace(/\s+/g, '').toUpperCase();
  return plain.replace(/^0+(?=.)/, '');
}
