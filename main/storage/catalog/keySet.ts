/**
 * The keys that a whole reading has brought, 8 bytes each. Keys are told apart by 53 bits of their hash: that two of a
 * million share them is less likely than a fault of the memory they stand in. Kept in drawers, so that none takes long to
 * grow.
 */
export class KeySet {
  private readonly drawers: Drawer[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** False when the key was there already. */
  add(key: string): boolean {
    const hash = hashOf(key);
    const isNew = this.drawerOf(hash).add(hash);
    if (isNew) this.count += 1;
    return isNew;
  }

  has(key: string): boolean {
    const hash = hashOf(key);
    return this.drawerOf(hash).has(hash);
  }

  private drawerOf(hash: number): Drawer {
    const place = Math.floor(hash / hashesOfDrawer);
    this.drawers[place] ??= new Drawer();
    return this.drawers[place];
  }
}

/** Of the 2^53 hashes, each of 64 drawers takes as many. */
const hashesOfDrawer = 2 ** 47;

class Drawer {
  private slots = new Float64Array(64);
  private count = 0;

  add(hash: number): boolean {
    const slot = this.find(hash);
    if (this.slots[slot] === hash) return false;
    this.slots[slot] = hash;
    this.count += 1;
    if (this.count * 3 > this.slots.length * 2) this.grow();
    return true;
  }

  has(hash: number): boolean {
    return this.slots[this.find(hash)] === hash;
  }

  /** Where the hash stands, or would. */
  private find(hash: number): number {
    const mask = this.slots.length - 1;
    let slot = (hash % 0x7fffffff) & mask;
    while (this.slots[slot] !== 0 && this.slots[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Float64Array(before.length * 2);
    for (const hash of before) if (hash !== 0) this.slots[this.find(hash)] = hash;
  }
}

/** Two FNV-1a hashes side by side, made one number; never 0, which marks a free slot. */
function hashOf(key: string): number {
  let high = 0x811c9dc5;
  let low = 0x050c5d1f;
  for (let index = 0; index < key.length; index += 1) {
    const code = key.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x01000197);
  }
  return (high & 0x1fffff) * 0x100000000 + (low >>> 0) + 1;
}
