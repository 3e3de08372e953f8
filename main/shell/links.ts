import { shell } from 'electron';

const localHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Opens an address in the person's browser: https only, or plain http on this computer (the sandbox). The
 * only place that does; the addresses come from main, never from the window.
 */
export async function openInBrowser(address: string): Promise<boolean> {
  const url = new URL(address);
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && localHosts.has(url.hostname));
  if (allowed) await shell.openExternal(url.href);
  return allowed;
}
