import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failed, ok, type Problem, problem } from '../../contract/problem';
import type { Link, LogEntry } from '../../contract/status';
import { createAlerts } from '../../main/alerts';
import type { Digest } from '../../main/engine/alerts/digest';
import type { Notice } from '../../main/engine/alerts/noticeRules';
import type { MailAccount, Mailer } from '../../main/engine/alerts/ports';
import { reasonOf, type ScheduleHealth } from '../../main/engine/catalog/scheduleHealth';
import type { Ending, Outbox } from '../../main/engine/orders/outbox';
import { type Database, openDatabase } from '../../main/storage/database';
import { createOrderBook } from '../../main/storage/orderBook';
import { createOutbox } from '../../main/storage/outbox/repository';
import { makeOrder } from '../support/orders';
import { createVirtualClock, type VirtualClock } from '../support/virtualClock';

/*
 * From a failed order to a mail that a server has taken: the real loops and the real database, over a clock
 * that stands still and a mail server that does as it is told.
 */

const minute = 60_000;
const account: MailAccount = {
  host: 'mail.example',
  port: 587,
  security: 'starttls',
  user: '',
  password: '',
  from: 'puente@example.com',
  recipients: ['ana@example.com'],
};
const up: Link = { state: 'up', since: 1 };

let folder: string;
let clock: VirtualClock;
let program: Program;
/** What a mail server has taken, over all lives of the program. */
let taken: { messageId: string; subject: string; at: number }[];
let server: 'well' | 'dead' | 'kills' | Problem;
let wanted: boolean;
let links: { store: Link; org: Link };
let schedule: ScheduleHealth;
let errors: unknown[];
let notices: Notice[];

type Program = ReturnType<typeof start>;

function start() {
  const database: Database = openDatabase(join(folder, 'puente.db'));
  const outbox: Outbox = createOutbox(database, () => undefined);
  const log: Omit<LogEntry, 'id'>[] = [];
  let killed = false;
  let tries = 0;
  let mails = 0;
  const mailer: Mailer = {
    async send(_account, mail) {
      tries += 1;
      if (killed || server === 'dead') return failed(problem('mail.unreachable'));
      if (typeof server === 'object') return failed(server);
      taken.push({ messageId: mail.messageId, subject: mail.subject, at: clock.now() });
      // The server has the mail, and the program dies before it knows.
      if (server === 'kills') return new Promise(() => undefined);
      return ok({ refused: [] });
    },
  };
  const alerts = createAlerts({
    database,
    journal: { record: async (entry) => void log.push(entry) },
    book: createOrderBook(database),
    conditions: () => ({ links, schedule }),
    clock,
    random: () => 0.5,
    report: (error) => errors.push(error),
    mailer,
    account: async () => ok(wanted ? account : null),
    rules: () => (wanted ? { gatherMs: 15 * minute, downMs: 10 * minute } : null),
    compose: (digest) => ({ subject: describeDigest(digest), text: 't', html: 'h' }),
    newMessageId() {
      mails += 1;
      return `<${clock.now()}.${mails}@example.com>`;
    },
    notify: (notice) => notices.push(notice),
    onMailChanged: () => undefined,
  });
  const announcer = alerts.follow({ ordersChanged: () => undefined, linkChanged: () => undefined });
  alerts.start();
  return {
    outbox,
    log,
    alerts,
    tries: () => tries,
    changed: () => announcer.ordersChanged([]),
    /** The end of a process: whatever it was doing never comes to anything. */
    async kill() {
      killed = true;
      void alerts.stop();
      await database.close();
    },
    async stop() {
      await alerts.stop();
      await database.close();
    },
  };
}

function describeDigest(digest: Digest): string {
  if (digest.kind === 'allWell') return 'all well';
  const numbers = digest.orders.map(({ number }) => number).join(' ');
  const codes = digest.outages.map((outage) => outage.problem.code).join(' ');
  const schedule = digest.schedule === null ? '' : reasonOf(digest.schedule);
  return [numbers, codes, schedule].filter((part) => part !== '').join(' + ');
}

const subjects = () => taken.map(({ subject }) => subject);

/** Lets time pass, but no further than this. */
async function pass(ms: number): Promise<void> {
  const stop = new AbortController();
  const end = clock.now() + ms;
  let over = false;
  void clock.sleep(ms, stop.signal).then(() => {
    over = true;
  });
  while (!over) await clock.advance();
  expect(clock.now()).toBe(end);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function takeIn(...numbers: string[]): Promise<number[]> {
  const items = numbers.map((number) => ({ kind: 'order', order: makeOrder(number), raw: '{}' }) as const);
  const { added } = await program.outbox.takeIn(
    items,
    { kind: 'store', feed: 'f', cursor: numbers.join() },
    clock.now(),
  );
  return added.map(({ id }) => id);
}

async function attempt(id: number, outcome: 'fails' | 'exports', reason = problem('order.taxIdMissing')) {
  const at = clock.now();
  const departure = { id, exportKey: `K-${id}`, identifier: 'K', lines: [] };
  const attemptId = (await program.outbox.beginSends([departure], at)).get(id) ?? 0;
  const end: Omit<Ending, 'id' | 'attemptId'> =
    outcome === 'fails'
      ? { event: { type: 'refused', at, problems: [reason] }, outcome: 'refused', problems: [reason] }
      : {
          event: { type: 'written', at, orgId: `801${id}`, orgNumber: null, buyerMade: false },
          outcome: 'exported',
          problems: [],
        };
  await program.outbox.finish([{ id, attemptId, ...end }]);
  program.changed();
}

const retry = (id: number) => program.outbox.act([id], { type: 'sendRequested', at: clock.now() });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-mail-'));
  clock = createVirtualClock();
  taken = [];
  errors = [];
  notices = [];
  server = 'well';
  wanted = true;
  links = { store: up, org: up };
  schedule = { state: 'well' };
  program = start();
});
afterEach(async () => {
  await program.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(errors).toEqual([]);
});

describe('failed orders', () => {
  it('are mailed at once, then gathered, and in the end all is well', async () => {
    const [one = 0, two = 0, three = 0] = await takeIn('1', '2', '3');
    await attempt(one, 'fails');
    await pass(5_000);
    expect(subjects()).toEqual(['1']);
    await attempt(two, 'fails');
    await pass(minute);
    await attempt(three, 'fails');
    await pass(minute);
    expect(subjects()).toEqual(['1']);
    await pass(13 * minute);
    expect(subjects()).toEqual(['1', '2 3']);
    for (const id of [one, two, three]) {
      await retry(id);
      await attempt(id, 'exports');
    }
    await pass(minute);
    expect(subjects()).toEqual(['1', '2 3', 'all well']);
    await pass(600 * minute);
    expect(taken).toHaveLength(3);
  });

  it('are not told again when a retry fails for the same reason, but are for another', async () => {
    const [id = 0] = await takeIn('1');
    await attempt(id, 'fails');
    await pass(minute);
    await retry(id);
    // On its way again is not settled: all is not well yet.
    await pass(20 * minute);
    await attempt(id, 'fails');
    await pass(20 * minute);
    expect(subjects()).toEqual(['1']);
    await retry(id);
    await attempt(id, 'fails', problem('order.noLines'));
    await pass(20 * minute);
    expect(subjects()).toEqual(['1', '1']);
  });

  it('that a person has put aside are settled', async () => {
    const [id = 0] = await takeIn('1');
    await attempt(id, 'fails');
    await pass(minute);
    await program.outbox.act([id], { type: 'dismissed', at: clock.now(), reason: 'test' });
    program.changed();
    await pass(minute);
    expect(subjects()).toEqual(['1', 'all well']);
  });

  it('that were there before mail was switched on are told then', async () => {
    wanted = false;
    const [id = 0] = await takeIn('1');
    await attempt(id, 'fails');
    await pass(60 * minute);
    expect(taken).toEqual([]);
    wanted = true;
    program.changed();
    await pass(minute);
    expect(subjects()).toEqual(['1']);
  });

  it('that could not even be read are told', async () => {
    const unreadable = { kind: 'unreadable', number: null, raw: '?', detail: 'no JSON' } as const;
    await program.outbox.takeIn([unreadable], { kind: 'store', feed: 'f', cursor: 'c' }, clock.now());
    program.changed();
    await pass(minute);
    expect(subjects()).toEqual(['?']);
  });
});

describe('a side that is down', () => {
  const down = (code: 'org.unreachable' | 'org.wrongCredentials'): Link => ({
    state: 'down',
    since: clock.now(),
    problem: problem(code),
    nextTryAt: null,
  });

  it('is mailed after its time, over a restart too, and so is its return', async () => {
    links = { ...links, org: down('org.unreachable') };
    program.changed();
    await pass(6 * minute);
    await program.stop();
    links = { ...links, org: { state: 'connecting' } };
    program = start();
    await pass(minute);
    links = { ...links, org: down('org.unreachable') };
    program.changed();
    await pass(2 * minute);
    expect(subjects()).toEqual([]);
    await pass(minute + 5_000);
    expect(subjects()).toEqual(['org.unreachable']);
    links = { ...links, org: up };
    program.changed();
    await pass(minute);
    expect(subjects()).toEqual(['org.unreachable', 'all well']);
  });

  it('is mailed at once when it refuses the sign-in', async () => {
    links = { ...links, org: down('org.wrongCredentials') };
    program.changed();
    await pass(5_000);
    expect(subjects()).toEqual(['org.wrongCredentials']);
  });
});

describe('updates by schedule', () => {
  const stopped: ScheduleHealth = {
    state: 'needsPerson',
    matter: { kind: 'stopped', part: 'both', count: 3, stops: [{ code: 'toZero', params: {} }] },
  };
  const become = (health: ScheduleHealth) => {
    schedule = health;
    program.alerts.scheduleChanged(health);
  };

  it('that the guard stops are mailed and shown at once, and so is the mail that all is well again', async () => {
    become(stopped);
    await pass(minute);
    expect(subjects()).toEqual(['stopped toZero']);
    expect(notices).toEqual([{ kind: 'schedule', matter: stopped.matter }]);
    become({ state: 'open' });
    await pass(minute);
    become({ state: 'well' });
    await pass(minute);
    expect(subjects()).toEqual(['stopped toZero', 'all well']);
    expect(notices).toHaveLength(1);
  });

  it('that fail at every slot for the same reason are told once, over a restart too', async () => {
    const down: ScheduleHealth = {
      state: 'needsPerson',
      matter: { kind: 'failed', part: 'both', problem: problem('org.unreachable') },
    };
    become(down);
    await pass(minute);
    for (let slots = 0; slots < 3; slots += 1) {
      become({ state: 'open' });
      await pass(minute);
      become(down);
      await pass(60 * minute);
    }
    await program.stop();
    schedule = { state: 'open' };
    program = start();
    await pass(minute);
    become(down);
    await pass(60 * minute);
    expect(subjects()).toEqual(['failed org.unreachable']);

    become({
      state: 'needsPerson',
      matter: { kind: 'failed', part: 'both', problem: problem('org.wrongCredentials') },
    });
    await pass(minute);
    expect(subjects()).toEqual(['failed org.unreachable', 'failed org.wrongCredentials']);
  });

  it('that only make a plan show a notice, and no mail', async () => {
    const planned = { state: 'needsPerson', matter: { kind: 'planned', part: 'both', count: 2 } } as const;
    become(planned);
    await pass(60 * minute);
    expect(notices).toEqual([{ kind: 'schedule', matter: planned.matter }]);
    expect(taken).toEqual([]);
  });

  it('that need a person keep "all is well" from being said of the orders', async () => {
    const [id = 0] = await takeIn('1');
    await attempt(id, 'fails');
    become(stopped);
    await pass(minute);
    await retry(id);
    await attempt(id, 'exports');
    await pass(20 * minute);
    expect(subjects()).not.toContain('all well');
    become({ state: 'well' });
    await pass(minute);
    expect(subjects().at(-1)).toBe('all well');
  });
});

describe('a mail server', () => {
  it('that is dead for hours gets few tries and few mails, and everything is told when it is back', async () => {
    server = 'dead';
    const numbers = Array.from({ length: 30 }, (_unused, index) => String(index + 1));
    for (const id of await takeIn(...numbers)) {
      await attempt(id, 'fails');
      await pass(10 * minute);
    }
    const { waiting, lastProblem } = program.alerts.mails();
    expect(waiting).toBe(3);
    expect(lastProblem?.code).toBe('mail.unreachable');
    expect(program.tries()).toBeLessThan(150);
    expect(program.log.filter(({ event }) => event === 'mail.failed')).toHaveLength(1);
    server = 'well';
    await pass(60 * minute);
    expect(
      subjects()
        .join(' ')
        .split(' ')
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(numbers.map(Number));
    expect(program.alerts.mails()).toMatchObject({ waiting: 0, lastProblem: null });
  });

  it('that refuses the password is asked rarely, and at once when the settings change', async () => {
    server = problem('mail.signInRefused');
    const [id = 0] = await takeIn('1');
    await attempt(id, 'fails');
    await pass(60 * minute);
    expect(program.tries()).toBeLessThan(8);
    server = 'well';
    program.alerts.tryNow();
    await pass(1);
    expect(subjects()).toEqual(['1']);
  });

  it('that takes nothing for three days is given up, visibly', async () => {
    server = problem('mail.refused');
    const [id = 0] = await takeIn('1');
    await attempt(id, 'fails');
    await pass(4 * 24 * 60 * minute);
    expect(program.alerts.mails()).toMatchObject({ waiting: 0, givenUp: 1 });
    expect(program.log.at(-1)).toMatchObject({ event: 'mail.givenUp', problem: { code: 'mail.refused' } });
  });
});

describe('a program that is killed', () => {
  it('before anything was told tells it after the next start', async () => {
    const [id = 0] = await takeIn('1');
    await attempt(id, 'fails');
    await program.kill();
    program = start();
    await pass(minute);
    expect(subjects()).toEqual(['1']);
  });

  it('with a mail on disk sends it after the next start', async () => {
    server = 'dead';
    const [id = 0] = await takeIn('1');
    await attempt(id, 'fails');
    await pass(minute);
    await program.kill();
    server = 'well';
    program = start();
    await pass(30 * minute);
    expect(subjects()).toEqual(['1']);
  });

  it('between the server’s yes and its own note doubles the mail, under the same Message-ID', async () => {
    server = 'kills';
    const [id = 0] = await takeIn('1');
    await attempt(id, 'fails');
    await pass(minute);
    expect(subjects()).toEqual(['1']);
    await program.kill();
    server = 'well';
    program = start();
    await pass(minute);
    expect(subjects()).toEqual(['1', '1']);
    expect(new Set(taken.map(({ messageId }) => messageId)).size).toBe(1);
  });
});
