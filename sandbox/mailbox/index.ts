import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SandboxClock } from '../clock';

/** A message as it arrived. */
export interface ReceivedMail {
  receivedAt: string;
  envelope: { from: string | null; to: string[] };
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
}

export interface MailboxHandle {
  host: string;
  port: number;
  messages(): readonly ReceivedMail[];
  clear(): void;
  /** Resolves with the messages as soon as there are at least `count`. */
  waitFor(count: number, signal?: AbortSignal): Promise<readonly ReceivedMail[]>;
  stop(): Promise<void>;
}

export interface MailboxOptions {
  port: number;
  /** When set, nobody may send without signing in with it. */
  login: { user: string; password: string } | null;
  clock: SandboxClock;
}

/** A real SMTP server on 127.0.0.1 that keeps what it is sent and delivers nothing. */
export async function startMailbox(options: MailboxOptions): Promise<MailboxHandle> {
  let received: ReceivedMail[] = [];
  const watchers = new Set<() => void>();
  const { login } = options;
  const server = new SMTPServer({
    authOptional: login === null,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth(auth, _session, callback) {
      const right = login === null || (auth.username === login.user && auth.password === login.password);
      if (right) callback(null, { user: auth.username ?? '' });
      else callback(new Error('535 5.7.8 Authentication credentials invalid'));
    },
    onData(stream, session, callback) {
      simpleParser(stream).then(
        (mail) => {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({
            receivedAt: new Date(options.clock.now()).toISOString(),
            envelope: {
              from: mailFrom === false ? null : mailFrom.address,
              to: rcptTo.map((address) => address.address),
            },
            from: mail.from?.text ?? '',
            to: addressText(mail.to),
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            html: mail.html || null,
          });
          callback();
          for (const watch of [...watchers]) watch();
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error('unreadable message')),
      );
    },
  });
  server.on('error', (error) => {
    // A client that hangs up in the middle is its own business.
    if (!('code' in error) || error.code !== 'ECONNRESET') console.error('sandbox mailbox:', error.message);
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const address = server.server.address();
  return {
    host: '127.0.0.1',
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    messages: () => received,
    clear: () => {
      received = [];
    },
    waitFor: (count, signal) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          if (received.length < count) return;
          watchers.delete(watch);
          resolve(received);
        };
        signal?.addEventListener('abort', () => {
          watchers.delete(watch);
          reject(new Error(`${received.length} of ${count} messages arrived`));
        });
        watchers.add(watch);
        watch();
      }),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function addressText(address: AddressObject | AddressObject[] | undefined): string {
  const list = address === undefined ? [] : Array.isArray(address) ? address : [address];
  return list.map((entry) => entry.text).join(', ');
}
