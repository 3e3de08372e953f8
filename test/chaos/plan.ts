import { createRandom, type Random, seedFor } from '../../sandbox/seed/random';

/** What will befall whom. The same options give the same plan. */
export interface Plan {
  seed: number;
  orders: number;
  /** The share of calls that meet a fault, 0 to 1. */
  faults: number;
  kills: Kill[];
  incidents: Incident[];
  /** How many more orders are confirmed in the store when that share of all of them is in the org. */
  waves: { at: number; orders: number }[];
}

/** `at` is always the share of the work that is done by then, 0 to 1: no plan depends on a machine's speed. */
export interface Kill {
  at: number;
  desktop: 'A' | 'B';
  /** So long after its moment has come, so that it strikes anywhere in the work. */
  afterMs: number;
  /** The computer is off for so long. */
  offMs: number;
}

export type Incident =
  | { kind: 'networkCut'; at: number; side: 'org' | 'both'; ms: number }
  | { kind: 'diskFull'; at: number; ms: number }
  /** The computer's clock is set to so many hours off the true time, while the program runs. */
  | { kind: 'desktopClock'; at: number; hours: number }
  /** A desktop waits for a quarter of an hour then, unless somebody restarts it. */
  | { kind: 'quotaUsedUp'; at: number }
  /** The org sees so many hours pass: sessions end. */
  | { kind: 'orgClock'; at: number; hours: number };

export interface PlanOptions {
  orders: number;
  kills: number;
  faults: number;
  seed: number;
}

const waves = 4;

export function makePlan({ orders, kills, faults, seed }: PlanOptions): Plan {
  const random = createRandom(seedFor(seed, 1));
  const short = orders < 500;
  const ms = (from: number, to: number) => random.int(from, to) * (short ? 0.5 : 1);
  return {
    seed,
    orders,
    faults,
    waves: Array.from({ length: waves }, (_unused, index) => ({
      at: (index / waves) * 0.8,
      orders: Math.floor(((index + 1) * orders) / waves) - Math.floor((index * orders) / waves),
    })),
    kills: Array.from({ length: kills }, () => makeKill(random)).sort(byMoment),
    incidents: [
      { kind: 'networkCut' as const, at: share(random, 0.1, 0.25), side: 'org' as const, ms: ms(4000, 8000) },
      { kind: 'desktopClock' as const, at: share(random, 0.15, 0.3), hours: random.int(2, 9) },
      { kind: 'diskFull' as const, at: share(random, 0.3, 0.5), ms: ms(8000, 12_000) },
      { kind: 'orgClock' as const, at: share(random, 0.4, 0.6), hours: random.int(3, 14) },
      { kind: 'networkCut' as const, at: share(random, 0.5, 0.7), side: 'both' as const, ms: ms(4000, 8000) },
      { kind: 'desktopClock' as const, at: share(random, 0.6, 0.75), hours: -random.int(2, 9) },
      // Waiting for a restart is what a short run has no time for.
      ...(short ? [] : [{ kind: 'quotaUsedUp' as const, at: share(random, 0.7, 0.8) }]),
    ].sort(byMoment),
  };
}

const makeKill = (random: Random): Kill => ({
  at: share(random, 0.03, 0.95),
  desktop: random.chance(0.5) ? 'A' : 'B',
  afterMs: random.int(0, 400),
  offMs: random.int(0, 1000),
});

const share = (random: Random, low: number, high: number): number => low + (high - low) * random.next();

const byMoment = (a: { at: number }, b: { at: number }): number => a.at - b.at;
