import type { MailQueueView } from '../contract/mail';
import type { Result } from '../contract/problem';
import type { LogEntry } from '../contract/status';
import type { Digest, DigestRules } from './engine/alerts/digest';
import { createHerald } from './engine/alerts/herald';
import type { Notice } from './engine/alerts/noticeRules';
import type { Conditions, Letter, MailAccount, Mailer, Side } from './engine/alerts/ports';
import { createPostman } from './engine/alerts/postman';
import { createReporter } from './engine/alerts/reporter';
import type { ScheduleHealth } from './engine/catalog/scheduleHealth';
import type { OrderBook } from './engine/orders/book';
import type { Announcer, Clock, Journal, Random } from './engine/ports';
import { createAlertBook } from './storage/alertBook';
import type { Database } from './storage/database';
import { createMailQueue } from './storage/mailRepository';

/** Whom to tell, and how. */
export interface AlertsOptions {
  mailer: Mailer;
  /** Null while nobody wants mail. Both are read anew every time. */
  account: () => Promise<Result<MailAccount | null>>;
  rules: () => DigestRules | null;
  compose: (digest: Digest) => Letter;
  newMessageId: () => string;
  notify: (notice: Notice) => void;
  onMailChanged: () => void;
}

export interface AlertsDeps extends AlertsOptions {
  database: Database;
  journal: Journal;
  book: OrderBook;
  conditions: () => Conditions;
  clock: Clock;
  random: Random;
  report: (error: unknown) => void;
}

/** Everything that tells people what needs them: mails by way of a queue on disk, and notifications. */
export function createAlerts(deps: AlertsDeps) {
  const queue = createMailQueue(deps.database);
  const reporter = createReporter({
    ...deps,
    book: createAlertBook(deps.database),
    onQueued: () => {
      postman.wake();
      deps.onMailChanged();
    },
  });
  const postman = createPostman({
    ...deps,
    queue,
    onChanged() {
      // What waited for the mails before it can be told now.
      reporter.wake();
      deps.onMailChanged();
    },
  });
  const herald = createHerald({
    ...deps,
    askedByPerson: (id) => deps.book.get(id)?.attempts.at(-1)?.trigger === 'person',
    show: deps.notify,
  });

  return {
    start(): void {
      reporter.start();
      postman.start();
      herald.start();
    },
    async stop(): Promise<void> {
      await Promise.all([reporter.stop(), postman.stop(), herald.stop()]);
    },
    /** Entries have gone into the log; notifications are made of them. */
    heard(entries: readonly LogEntry[]): void {
      try {
        entries.forEach(herald.heard);
      } catch (error) {
        // The work that is being told of must not end for it.
        deps.report(error);
      }
    },
    /** The announcer as everyone calls it; mails are made of what it tells. */
    follow: (announcer: Announcer): Announcer => ({
      ordersChanged(ids) {
        announcer.ordersChanged(ids);
        reporter.wake();
      },
      linkChanged(side: Side, link) {
        announcer.linkChanged(side, link);
        herald.linkChanged(side, link);
        reporter.wake();
      },
    }),
    /** Updates of stock and prices by schedule are otherwise than they were. */
    scheduleChanged(health: ScheduleHealth): void {
      reporter.wake();
      try {
        herald.scheduleChanged(health);
      } catch (error) {
        // As above: an update must not fail for what cannot be shown.
        deps.report(error);
      }
    },
    /** Settings have changed or the network is back. */
    tryNow(): void {
      reporter.wake();
      postman.tryNow().catch(deps.report);
    },
    mails: (): MailQueueView => queue.view(deps.clock.now()),
  };
}
