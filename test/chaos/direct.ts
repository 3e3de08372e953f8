import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreOrder } from '../../sandbox/store/order';
import type { Desktop } from './desktop';
import type { Ground } from './ground';
import type { Incident, Kill, Plan } from './plan';

/** What a run came to, before anybody judges it. */
export interface Course {
  confirmed: StoreOrder[];
  /** Restarts in an orderly way, by which a person frees a program that waits for one. */
  restarts: number;
  /** How often each desktop's disk was full. */
  disksFilled: ReadonlyMap<string, number>;
  finished: boolean;
  seconds: number;
}

const tickMs = 100;
/** Nothing more has been exported for so long: the next kill is brought forward, or a person restarts. */
const patienceMs = { kill: 15_000, restart: 25_000 };
/** The share of all orders that has to reach the org before the weather clears. */
const underFaults = 0.9;
const limitMs = (orders: number) => 120_000 + orders * 600;

/** Lets the plan happen: confirms orders, kills, cuts and fills, until every desktop has exported all. */
export async function direct(plan: Plan, ground: Ground, say: (line: string) => void): Promise<Course> {
  const { sandbox, weather } = ground;
  const desktops = Object.values(ground.desktops);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const confirmed: StoreOrder[] = [];
  const disksFilled = new Map<string, number>();
  const [waves, kills, incidents] = [[...plan.waves], [...plan.kills], [...plan.incidents]];
  /** Incidents that last for a while. */
  const lasting = new Set<Promise<void>>();
  let restarts = 0;
  let storming = true;
  let best = -1;
  let bestAt = performance.now();
  let diskFull = false;
  let told = -1;

  weather.storm(plan.faults, plan.seed);
  for (const desktop of desktops) desktop.start();
  for (;;) {
    await sleep(tickMs);
    const done = desktops.map((desktop) => desktop.counts().get('exported') ?? 0);
    const share = done.reduce((sum, count) => sum + count, 0) / (desktops.length * plan.orders);
    if (share > best) [best, bestAt] = [share, performance.now()];
    tell();

    // By what has arrived: a desktop that lags behind must not keep the other without work.
    for (const wave of takeDue(waves, inOrg() / plan.orders))
      confirmed.push(...sandbox.confirmOrders(wave.orders));
    for (const incident of takeDue(incidents, share)) begin(incident);
    const idleMs = performance.now() - bestAt;
    const stuck = idleMs > patienceMs.kill && lasting.size === 0;
    const kill = due(kills, share) ?? (stuck ? broughtForward(kills, laggard()) : undefined);
    if (kill !== undefined) {
      await strike(kill);
      bestAt = performance.now();
    } else if (idleMs > patienceMs.restart && lasting.size === 0) {
      await restartIdle();
      bestAt = performance.now();
    }

    const stormOver = kills.length === 0 && incidents.length === 0 && lasting.size === 0;
    if (storming && stormOver && inOrg() >= underFaults * plan.orders) {
      say(`${at()} the weather clears: ${inOrg()} orders are in the org`);
      weather.clear();
      storming = false;
    }
    const finished = waves.length === 0 && !storming && done.every((count) => count === plan.orders);
    if (finished || performance.now() - started > limitMs(plan.orders)) {
      await Promise.all(lasting);
      await Promise.all(desktops.map((desktop) => desktop.stop()));
      return { confirmed, restarts, disksFilled, finished, seconds: seconds() };
    }
  }

  function begin(incident: Incident): void {
    const happening = happen(incident).finally(() => lasting.delete(happening));
    lasting.add(happening);
  }

  async function happen(incident: Incident): Promise<void> {
    switch (incident.kind) {
      case 'networkCut': {
        say(`${at()} the network is cut (${incident.side}) for ${incident.ms} ms`);
        sandbox.org.setSwitches({ down: 'connection' });
        if (incident.side === 'both') sandbox.store.setDown(true);
        await sleep(incident.ms);
        sandbox.org.setSwitches({ down: 'no' });
        sandbox.store.setDown(false);
        return;
      }
      case 'diskFull': {
        if (ground.disk === null) return;
        const { name } = ground.desktops.B;
        say(`${at()} the disk of ${name} is full for ${incident.ms} ms`);
        disksFilled.set(name, (disksFilled.get(name) ?? 0) + 1);
        ground.disk.fill();
        diskFull = true;
        await sleep(incident.ms);
        ground.disk.free();
        diskFull = false;
        return;
      }
      case 'desktopClock':
        if (ground.clock === null) return;
        say(`${at()} the clock of A is set ${incident.hours} h off`);
        ground.clock.set(incident.hours);
        return;
      case 'quotaUsedUp':
        say(`${at()} the org's calls of the day are used up`);
        weather.exhaustQuota();
        return;
      case 'orgClock':
        say(`${at()} ${incident.hours} h pass in the org`);
        sandbox.clock.advance(incident.hours * 3_600_000);
    }
  }

  async function strike(kill: Kill): Promise<void> {
    // A program that starts on a full disk says so and waits for a person.
    const desktop = ground.desktops[diskFull ? 'A' : kill.desktop];
    const number = plan.kills.length - kills.length;
    say(`${at()} kill ${number} of ${plan.kills.length}: desktop ${desktop.name}`);
    await desktop.kill(kill.afterMs);
    await sleep(kill.offMs);
    desktop.start();
  }

  function laggard(): 'A' | 'B' {
    const [a = 0, b = 0] = desktops.map((desktop) => desktop.counts().get('exported') ?? 0);
    return a <= b ? 'A' : 'B';
  }

  async function restartIdle(): Promise<void> {
    for (const desktop of desktops.filter((one) => (one.counts().get('exported') ?? 0) < confirmed.length)) {
      say(`${at()} ${desktop.name} waits (${states(desktop)}): a person restarts it`);
      restarts += 1;
      await desktop.stop();
      desktop.start();
    }
  }

  function inOrg(): number {
    return Number(sandbox.org.core.db.get('SELECT count(*) AS count FROM "Order"')?.['count'] ?? 0);
  }

  function at(): string {
    return `${seconds().toFixed(1).padStart(6)} s ${(best * 100).toFixed(0).padStart(3)} %`;
  }

  /** Now and then, so that nobody thinks it has stopped. */
  function tell(): void {
    const step = Math.floor(seconds() / 15);
    if (step === told) return;
    told = step;
    const each = desktops.map((desktop) => `${desktop.name} ${states(desktop)}`).join('; ');
    say(`${at()} ${inOrg()} in the org; ${each}; ${weather.struck()} of ${weather.calls()} calls struck`);
  }
}

const states = (desktop: Desktop): string =>
  [...desktop.counts()].map(([state, count]) => `${state} ${count}`).join(', ') || 'nothing yet';

/** Takes the first one when its moment has come. */
function due<T extends { at: number }>(coming: T[], share: number): T | undefined {
  const [first] = coming;
  return first !== undefined && first.at <= share ? coming.shift() : undefined;
}

/** The next kill at once, for the desktop that does not move. */
function broughtForward(coming: Kill[], desktop: Kill['desktop']): Kill | undefined {
  const next = coming.shift();
  return next && { ...next, desktop };
}

function takeDue<T extends { at: number }>(coming: T[], share: number): T[] {
  const taken: T[] = [];
  for (let next = due(coming, share); next !== undefined; next = due(coming, share)) taken.push(next);
  return taken;
}
