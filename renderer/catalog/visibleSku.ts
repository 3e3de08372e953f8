/** A SKU whose outer blanks can be seen: they are what tells it from another. */
export function visibleSku(sku: string): string {
  return sku.replace(/^\s+|\s+$/g, (blanks) => '␣'.repeat(blanks.length));
}
