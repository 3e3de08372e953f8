/** The names most like what was typed, the best first; none where nothing is much alike. */
export function nearNames(wanted: string, names: readonly string[], most = 3): string[] {
  return names
    .map((name) => ({ name, likeness: likeness(wanted, name) }))
    .filter(({ likeness: share }) => share >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ name }) => name);
}

const leastLikeness = 0.35;

/** Dice's coefficient over pairs of letters: blind to case, accents and the order of words. */
function likeness(one: string, other: string): number {
  const [a, b] = [pairs(one), pairs(other)];
  if (a.length === 0 || b.length === 0) return 0;
  const left = [...b];
  const shared = a.filter((pair) => {
    const place = left.indexOf(pair);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
  return (2 * shared.length) / (a.length + b.length);
}

function pairs(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) =>
    word.length === 1
      ? [word]
      : Array.from({ length: word.length - 1 }, (_, index) => word.slice(index, index + 2)),
  );
}
