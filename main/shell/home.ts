import type { WebContents } from 'electron';
import { isOwnAddress } from './origin';

const homes = new WeakMap<WebContents, string>();

/** Lets a window show pages of one other origin, and of that one alone. */
export function giveHome(contents: WebContents, origin: string): void {
  homes.set(contents, origin);
}

/** Whether a window may go to an address: the program's own, unless it was given another home. */
export function isHome(contents: WebContents, address: string): boolean {
  const origin = homes.get(contents);
  if (origin === undefined) return isOwnAddress(address);
  try {
    return new URL(address).origin === origin;
  } catch {
    return false;
  }
}
