/**
 * Where a component stands in a file: line and column right behind the tag that opens it, counted from 1, as
 * deployments tell it. `null` when it cannot be found.
 */
export function positionOf(
  content: string,
  element: string,
  fullName: string,
): { line: number; column: number } | null {
  const name = content.indexOf(`<fullName>${fullName}</fullName>`);
  const start = name < 0 ? -1 : content.lastIndexOf(`<${element}>`, name);
  if (start < 0) return null;
  const before = content.slice(0, start + element.length + 2).split('\n');
  return { line: before.length, column: (before[before.length - 1] ?? '').length + 1 };
}
