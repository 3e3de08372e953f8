import type { Course } from './direct';
import type { Ground } from './ground';
import type { Plan } from './plan';
import { compare } from './verdict/compare';
import { explain } from './verdict/explain';
import { type Ledger, readLedger } from './verdict/ledger';

/** What came of a run, as figures and as sentences. */
export interface Verdict {
  figures: Figures;
  /** Everything that is wrong, in words. */
  findings: string[];
  /** What else there is to know of the run. */
  notes: [string, string | number][];
}

export interface Figures {
  orders: number;
  /** Orders that the org has and that every desktop knows to be there. */
  exported: number;
  lost: number;
  doubled: number;
  incomplete: number;
  kills: number;
  /** Calls that really met a fault. */
  faults: number;
  unexplained: number;
}

/** Reads store, org and databases and holds them against each other. */
export function judge(plan: Plan, ground: Ground, course: Course): Verdict {
  const { sandbox, weather } = ground;
  const desktops = Object.values(ground.desktops);
  const held = sandbox.org.orders();
  const ledgers = desktops.map((desktop) => readLedger(desktop.name, desktop.database));
  const comparison = compare(course.confirmed, held);
  const heldNumbers = held.flatMap(({ storeOrder }) => storeOrder ?? []);
  const died = (name: string) => ground.deaths.filter((death) => death.startsWith(`${name}:`)).length;
  const unexplained = [
    ...comparison.stray,
    ...explain(ledgers, {
      confirmed: course.confirmed.map(({ number }) => number),
      held: heldNumbers,
      interruptions: new Map(
        desktops.map(({ name, kills }) => [
          name,
          kills() + died(name) + course.restarts + (course.disksFilled.get(name) ?? 0),
        ]),
      ),
    }),
  ];
  const { lost, doubled, incomplete } = comparison;
  const kills = desktops.reduce((sum, desktop) => sum + desktop.kills(), 0);
  return {
    figures: {
      orders: plan.orders,
      exported: countExported(course, ledgers, new Set(heldNumbers)),
      // What was never confirmed because the time was up has not arrived either.
      lost: lost.length + plan.orders - course.confirmed.length,
      doubled: doubled.length,
      incomplete: incomplete.length,
      kills,
      faults: weather.struck(),
      unexplained: unexplained.length,
    },
    findings: [...lost, ...doubled, ...incomplete, ...unexplained],
    notes: [
      ['finished', course.finished ? 'yes' : 'NO: the time was up'],
      ['seconds', Math.round(course.seconds)],
      ['calls of org and store', weather.calls()],
      ['attempts', ledgers.reduce((sum, { attempts }) => sum + attempts.length, 0)],
      ...outcomes(ledgers),
      ['restarted by a person', course.restarts],
      ['ended by itself', ground.deaths.length === 0 ? 0 : ground.deaths.join(', ')],
      ['orders the store was told of', sandbox.store.core.exportedCount()],
      ['clock moved', ground.clock === null ? 'SKIPPED' : 'desktop A and org'],
      ['disk full', ground.disk === null ? 'SKIPPED' : 'desktop B'],
    ],
  };
}

function countExported({ confirmed }: Course, ledgers: readonly Ledger[], held: ReadonlySet<string>): number {
  const known = ledgers.map(
    ({ orders }) => new Set(orders.filter(({ state }) => state === 'exported').map(({ number }) => number)),
  );
  return confirmed.filter(({ number }) => held.has(number) && known.every((one) => one.has(number))).length;
}

function outcomes(ledgers: readonly Ledger[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { kind, outcome } of ledgers.flatMap(({ attempts }) => attempts)) {
    const name = `  ${kind}: ${outcome}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether the run has kept every promise. */
export const isClean = ({ orders, exported, lost, doubled, incomplete, unexplained }: Figures): boolean =>
  lost + doubled + incomplete + unexplained === 0 && exported === orders;
