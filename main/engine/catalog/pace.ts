/** How far a run has come, for the window: rows a second over the last while, and the time left at that rate. */
export interface Pace {
  rate: number | null;
  secondsLeft: number | null;
}

const lookBackMs = 10_000;
const leastMs = 500;

export function createPace(now: () => number) {
  let marks: { at: number; rows: number }[] = [{ at: now(), rows: 0 }];
  let total = 0;

  return {
    add(rows: number): void {
      total += rows;
      const at = now();
      marks.push({ at, rows: total });
      // The clock may have been set back: then there is nothing to go by but what comes from now on.
      marks = marks.filter((mark) => mark.at <= at && at - mark.at <= lookBackMs);
    },

    /** `left` rows are still to come. */
    get(left: number): Pace {
      const [first] = marks;
      const last = marks.at(-1);
      if (first === undefined || last === undefined || last.at - first.at < leastMs)
        return { rate: null, secondsLeft: null };
      const rate = ((last.rows - first.rows) / (last.at - first.at)) * 1000;
      if (rate <= 0) return { rate: null, secondsLeft: null };
      return { rate: Math.round(rate), secondsLeft: Math.ceil(left / rate) };
    },
  };
}
