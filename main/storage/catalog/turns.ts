/** Has work that waits for something done one piece after the other, so that none goes by what another is changing. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve();

  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    // What went wrong is for whoever asked; the next has its turn all the same.
    last = mine.catch(() => undefined);
    return mine;
  };
}

export type Turns = ReturnType<typeof createTurns>;
