/** The window's own address. Nothing else is ever loaded into it. */
export const scheme = 'app';
export const origin = 'app://puente';

/** Parsed, not compared by its beginning: `app://puente.evil` is not ours. */
export function isOwnAddress(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${scheme}:` && url.host === 'puente';
  } catch {
    return false;
  }
}
