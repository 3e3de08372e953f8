import { later } from '../../engine/later';

/** So many stretches are read before they are wanted: whoever reads has something to do while these are gone through. */
const stretchesAhead = 2;

/**
 * Takes stretches of something sorted one after the other, each asked for as soon as the one before it has come; null at
 * the end. `nextOf` tells after what it goes on, null where nothing follows.
 */
export function askAhead<Stretch>(
  ask: (after: string) => Promise<Stretch>,
  nextOf: (stretch: Stretch) => string | null,
): () => Promise<Stretch | null> {
  const asked: Promise<Stretch>[] = [];
  /** Null while it is not known where to go on, and at the end. */
  let after: string | null = '';

  function askOn(): void {
    if (after === null || asked.length >= stretchesAhead) return;
    const coming = ask(after);
    after = null;
    asked.push(later(coming.then(goOn)));
  }

  function goOn(stretch: Stretch): Stretch {
    after = nextOf(stretch);
    askOn();
    return stretch;
  }

  return async () => {
    askOn();
    const next = asked.shift();
    askOn();
    return next === undefined ? null : next;
  };
}
