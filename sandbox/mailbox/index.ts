import type { SandboxClock } from '../clock';
import type { Faults } from '../http/faults';
import { MailArchive } from './archive';
import { makeCertificate } from './certificate';
import { type ReceivedMail, readMail } from './mail';
import { type SmtpListener, type SmtpOptions, startSmtp } from './smtp';
import type { MailboxSwitches } from './switches';

export type { ReceivedMail } from './mail';

export interface MailboxHandle {
  host: string;
  port: number;
  /** Where the connection is encrypted from its first byte, when such a port was asked for. */
  securePort: number | null;
  /** The authority behind the mailbox's certificate, for clients that are to trust it (PEM). */
  ca: string;
  switches(): MailboxSwitches;
  setSwitches(switches: Partial<MailboxSwitches>): void;
  messages(): readonly ReceivedMail[];
  /** A message as it came over the wire. */
  raw(id: number): Buffer | null;
  clear(): void;
  /** Resolves with the messages as soon as there are at least `count`. */
  waitFor(count: number, signal?: AbortSignal): Promise<readonly ReceivedMail[]>;
  stop(): Promise<void>;
}

export interface MailboxOptions {
  port: number;
  securePort: number | null;
  /** Where messages are kept between starts, or `:memory:`. */
  file: string;
  switches: MailboxSwitches;
  clock: SandboxClock;
  faults: Faults;
}

/** A real SMTP server on 127.0.0.1 that keeps what it is sent and delivers nothing. */
export async function startMailbox(options: MailboxOptions): Promise<MailboxHandle> {
  const certificate = await makeCertificate();
  const archive = new MailArchive(options.file);
  const watchers = new Set<() => void>();
  let { switches } = options;

  const keep: SmtpOptions['keep'] = async (raw, session) => {
    const { mailFrom, rcptTo } = session.envelope;
    const mail = await readMail(raw, {
      receivedAt: new Date(options.clock.now()).toISOString(),
      envelope: {
        from: mailFrom === false ? null : mailFrom.address,
        to: rcptTo.map((address) => address.address),
      },
      encrypted: session.secure,
      user: typeof session.user === 'string' ? session.user : null,
    });
    archive.add(mail, raw);
    for (const watch of [...watchers]) watch();
  };
  const common = { certificate, switches: () => switches, faults: options.faults, keep };
  const listeners: SmtpListener[] = [];
  async function stop(): Promise<void> {
    await Promise.all(listeners.map((listener) => listener.stop()));
    archive.close();
  }
  try {
    listeners.push(await startSmtp({ ...common, port: options.port, implicitTls: false }));
    if (options.securePort !== null) {
      listeners.push(await startSmtp({ ...common, port: options.securePort, implicitTls: true }));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    host: '127.0.0.1',
    port: listeners[0]?.port ?? options.port,
    securePort: listeners[1]?.port ?? null,
    ca: certificate.ca,
    switches: () => switches,
    setSwitches(changes) {
      switches = { ...switches, ...changes };
      for (const listener of listeners) listener.apply();
    },
    messages: () => archive.messages(),
    raw: (id) => archive.raw(id),
    clear: () => archive.clear(),
    waitFor: (count, signal) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          const messages = archive.messages();
          if (messages.length < count) return;
          watchers.delete(watch);
          resolve(messages);
        };
        signal?.addEventListener('abort', () => {
          watchers.delete(watch);
          reject(new Error(`${archive.messages().length} of ${count} messages arrived`));
        });
        watchers.add(watch);
        watch();
      }),
    stop,
  };
}
