/**
 * Orders texts as SQLite does, by their UTF-8 bytes. JavaScript's own order goes by UTF-16 units and has emoji before
 * U+E000 to U+FFFF, whose bytes come first.
 */
export function bySku(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a !== b) return rank(a) - rank(b);
  }
  return one.length - other.length;
}

/** Units of surrogates after all others. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
