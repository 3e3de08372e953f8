/** Where a key moves to in a list of `total` rows, or null when it does not move. */
export function targetOf(key: string, active: number, page: number, total: number): number | null {
  const target = wayOf(key, active, page, total);
  return target === null ? null : Math.max(0, Math.min(total - 1, target));
}

function wayOf(key: string, active: number, page: number, total: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
