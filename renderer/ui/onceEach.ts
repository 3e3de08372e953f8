/**
 * The first entry of each name. An org may have a name twice, and a field to choose from does not bear it: it takes the
 * screen down.
 */
export function onceEach<T>(entries: readonly T[], nameOf: (entry: T) => string): T[] {
  const names = new Set<string>();
  return entries.filter((entry) => {
    const name = nameOf(entry);
    return !names.has(name) && names.add(name);
  });
}
