/**
 * A controller that follows the signal and can be aborted by itself as well (Node 18, which the oldest runtime has, does
 * not know `AbortSignal.any`). `unlink` when the work is over.
 */
export function linkedAbort(signal: AbortSignal): { controller: AbortController; unlink: () => void } {
  const controller = new AbortController();
  const follow = () => controller.abort();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', follow, { once: true });
  return { controller, unlink: () => signal.removeEventListener('abort', follow) };
}
