/**
 * The same bytes, until the signal is aborted: then it rejects with the signal's reason at once, also while the next
 * piece is long in coming.
 */
export async function* cutOff(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  // Mostly nobody waits for it any more.
  aborted.catch(() => undefined);
  try {
    signal.throwIfAborted();
    for (;;) {
      const next = await Promise.race([pieces.next(), aborted]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Not awaited: it ends when what it is in the middle of has.
    pieces.return?.().catch(() => undefined);
  }
}
