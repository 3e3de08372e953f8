import type { NetFailure } from './failure';

/** A signal that aborts when the caller's does, or when the time is up; it tells which. */
export function startDeadline(limits: { timeoutMs: number; signal: AbortSignal }) {
  const controller = new AbortController();
  let why: NetFailure | null = null;
  let timer: NodeJS.Timeout | undefined;
  const end = (failure: NetFailure) => {
    why ??= failure;
    controller.abort();
  };
  const onAbort = () => end({ kind: 'aborted' });
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => end({ kind: 'timeout', afterMs: limits.timeoutMs }), limits.timeoutMs);
  };
  begin();
  if (limits.signal.aborted) onAbort();
  else limits.signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    ended: (): NetFailure | null => why,
    /** Counts the time anew. */
    begin,
    stop: (): void => clearTimeout(timer),
    clear(): void {
      clearTimeout(timer);
      limits.signal.removeEventListener('abort', onAbort);
    },
  };
}
