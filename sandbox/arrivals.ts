import type { SandboxClock } from './clock';
import { createRandom } from './seed/random';

/** Lets something happen again and again at uneven intervals, the same for the same seed. Answers the stop. */
export function startArrivals(
  clock: SandboxClock,
  seed: number,
  rhythm: { firstMs: number; everyMs: { from: number; to: number } },
  happen: () => void,
): () => void {
  const random = createRandom(seed);
  let cancel = clock.after(rhythm.firstMs, next);
  function next(): void {
    happen();
    cancel = clock.after(random.int(rhythm.everyMs.from, rhythm.everyMs.to), next);
  }
  return () => cancel();
}
