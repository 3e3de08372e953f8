/** How often the operating system is asked whether there is a network; it answers from memory. */
const everyMs = 5_000;

/**
 * Calls `onBack` when the network has come back. The operating system is asked, never the internet. The
 * answer may be wrong (a network that leads nowhere): nothing stops for it, waiting tries only come sooner.
 */
export function watchNetwork(isOnline: () => boolean, onBack: () => void): { stop(): void } {
  let online = isOnline();
  const timer = setInterval(() => {
    const before = online;
    online = isOnline();
    if (online && !before) onBack();
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}
