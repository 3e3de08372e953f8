import Big from 'big.js';
import type { StoreProduct } from './order';
import type { ProductFlaw, StoreSwitches } from './switches';

/** The entries of the catalogue that a store sends for a product that it has got wrong. */
export function spoilProduct(product: StoreProduct, flaws: StoreSwitches['productFlaws']): unknown[] {
  const has = (flaw: ProductFlaw): boolean => isMeant(product.sku, flaws[flaw]);
  if (has('missing')) return [];
  const spoiled = {
    ...product,
    ...(has('otherCase') ? { sku: otherCase(product.sku) } : {}),
    ...(has('nameNull') ? { name: null } : {}),
    ...(has('stockNegative') ? { stock: '-3' } : {}),
    ...(has('stockFractional') ? { stock: new Big(product.stock).plus('0.5').toFixed() } : {}),
    ...(has('priceBlank') ? { price: '' } : {}),
    ...(has('stockText') ? { stock: 'muchos' } : {}),
    ...(has('priceAsNumber') ? { price: Number(product.price) } : {}),
  };
  const named = has('blanksAround') ? { ...spoiled, sku: ` ${spoiled.sku} ` } : spoiled;
  const entry = has('skuNull') ? { ...named, sku: null } : named;
  return has('duplicated') ? [entry, { ...entry, stock: '0', price: '1.00' }] : [entry];
}

/** Whether the store refuses to change this product. */
export const refusesWrite = (sku: string, flaws: StoreSwitches['productFlaws']): boolean =>
  isMeant(sku, flaws.writeRefused);

const oneIn = 20;

function isMeant(sku: string, meant: 'some' | readonly string[] | undefined): boolean {
  if (meant === undefined) return false;
  return meant === 'some' ? placeOf(sku) % oneIn === 0 : meant.includes(sku);
}

/** A number that a SKU always has, spread evenly (FNV-1a). */
function placeOf(sku: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(sku, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

const otherCase = (sku: string): string =>
  sku === sku.toLowerCase() ? sku.toUpperCase() : sku.toLowerCase();
