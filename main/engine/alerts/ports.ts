import type { Decimal } from '../../../contract/decimal';
import type { MailQueueView } from '../../../contract/mail';
import type { Problem, Result } from '../../../contract/problem';
import type { Link } from '../../../contract/status';
import type { ScheduleHealth, ScheduleMatter } from '../catalog/scheduleHealth';
import type { Decision } from './digest';

/** An order that needs a person, as a mail tells it. */
export interface FailedOrder {
  id: number;
  number: string;
  buyerName: string;
  total: Decimal | null;
  currency: string | null;
  problems: Problem[];
  since: number;
}

export type Side = 'store' | 'org';

/** One side of the bridge that does not answer; `told` is the problem that has been mailed. */
export interface Outage {
  side: Side;
  /** Kept over restarts of the program. */
  since: number;
  problem: Problem;
  told: Problem['code'] | null;
}

/** Updates by schedule that need a person; `told` when a mail has said so, for this reason. */
export interface ScheduleTrouble {
  matter: ScheduleMatter;
  told: boolean;
}

/** How the parts of the program are that mails are about, beside the orders. */
export interface Conditions {
  links: { store: Link; org: Link };
  schedule: ScheduleHealth;
}

/** All that a mail could be about, read at one moment. */
export interface Situation {
  /** Failed orders that no mail has told for the reason they have now, oldest first: at most `mostOrders`. */
  untold: FailedOrder[];
  untoldCount: number;
  failedCount: number;
  /** Orders that a mail has told and that are not settled: failed still, or on their way again. */
  openCount: number;
  outages: Outage[];
  /** What a mail may say of updates by schedule. */
  schedule: ScheduleTrouble | null;
  /** Whether they are known to go well. */
  scheduleWell: boolean;
  /** Whether both sides are known to answer: false while the program is only just connecting. */
  linksUp: boolean;
  /** A mail has told of trouble, and none yet that it is over. */
  open: boolean;
  lastMailAt: number | null;
  waitingMails: number;
}

/** A mail as it waits. Who gets it, and through which server, is decided when it leaves. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

export interface QueuedMail extends Letter {
  id: number;
  /** The same for every try, so that a mail that arrives twice can be told by it (RFC 5322 3.6.4). */
  messageId: string;
  createdAt: number;
  tries: number;
}

export interface AlertBook {
  /**
   * Reads the situation, lets `decide` judge it, and keeps the letter together with what it has told: one
   * transaction, so that a crash neither loses a mail nor queues it twice.
   */
  report(
    conditions: Conditions,
    at: number,
    decide: (situation: Situation) => Decision & { letter: (Letter & { messageId: string }) | null },
  ): Promise<Decision>;
}

/** The mails on their way, on disk. */
export interface MailQueue {
  due(now: number): Promise<QueuedMail | null>;
  nextDueAt(): Promise<number | null>;
  sent(id: number, at: number, problem: Problem | null): Promise<void>;
  postponed(id: number, nextTryAt: number, problem: Problem): Promise<void>;
  givenUp(id: number, at: number, problem: Problem): Promise<void>;
  /** Everything that waits may be tried at once. */
  hurry(at: number): Promise<void>;
  view(now: number): MailQueueView;
}

/** A mail server and whom to write to. */
export interface MailAccount {
  host: string;
  port: number;
  security: 'starttls' | 'tls' | 'none';
  user: string;
  password: string;
  from: string;
  recipients: string[];
  /** An authority to trust beside the well-known ones (PEM). */
  ca?: string;
}

export interface Mailer {
  /** Hands one mail to the server. Recipients that the server refused while it took others are named. */
  send(
    account: MailAccount,
    mail: Letter & { messageId: string; createdAt: number },
    signal: AbortSignal,
  ): Promise<Result<{ refused: string[] }>>;
}
