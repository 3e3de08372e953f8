import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { MailFault } from '../http/fault';
import type { Faults } from '../http/faults';
import { wait } from '../wait';
import type { Certificate } from './certificate';
import type { MailboxSwitches } from './switches';

/** One SMTP listener on 127.0.0.1. */
export interface SmtpListener {
  port: number;
  /** Takes the switches over; a line that is dead cuts whoever is on it. */
  apply(): void;
  stop(): Promise<void>;
}

export interface SmtpOptions {
  port: number;
  /** Encrypted from the first byte, instead of by STARTTLS. */
  implicitTls: boolean;
  certificate: Certificate;
  switches: () => MailboxSwitches;
  faults: Faults;
  /** Keeps a message whose last byte has come. */
  keep: (raw: Buffer, session: SMTPServerSession) => Promise<void>;
}

/** A reply with which SMTP says no (RFC 5321 4.2.3, RFC 3463). */
class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** Starts a real SMTP server that says yes or no as switches and faults want it. */
export async function startSmtp(options: SmtpOptions): Promise<SmtpListener> {
  const { certificate, faults } = options;
  const stopping = new AbortController();

  /** Lets the faults of one step happen; true when the connection is gone. Throws what is answered instead. */
  async function meet(at: MailFault['at'], address: string, session: SMTPServerSession): Promise<boolean> {
    for (const fault of faults.strikeMail(at, address)) {
      if (fault.kind === 'delay') await wait(fault.ms, stopping.signal);
      if (fault.kind === 'refuse') throw new Refusal(fault.code, fault.message);
      if (fault.kind === 'drop') {
        cut((connection) => connection.id === session.id);
        return true;
      }
    }
    return stopping.signal.aborted;
  }

  const server: SMTPServer = new SMTPServer({
    secure: options.implicitTls,
    key: certificate.key,
    cert: certificate.cert,
    name: 'sandbox.puente.example',
    disableReverseLookup: true,
    rejectOversized: true,
    onConnect: (session, callback) => answer(meet('connect', '', session), callback),
    onAuth(auth, session, callback) {
      const check = async () => {
        if (await meet('auth', auth.username ?? '', session)) return;
        const { login } = options.switches();
        const right = login === null || (auth.username === login.user && auth.password === login.password);
        if (!right) throw new Refusal(535, '5.7.8 Authentication credentials invalid');
        callback(null, { user: auth.username ?? '' });
      };
      check().catch((error: unknown) => callback(asError(error)));
    },
    onMailFrom(address, session, callback) {
      const check = async () => {
        if (options.switches().requireTls && !session.secure) {
          throw new Refusal(530, '5.7.0 Must issue a STARTTLS command first');
        }
        return meet('sender', address.address, session);
      };
      answer(check(), callback);
    },
    onRcptTo(address, session, callback) {
      const check = async () => {
        const { recipients } = options.switches();
        const known = recipients === null || recipients.some((one) => same(one, address.address));
        if (!known) throw new Refusal(550, '5.1.1 The email account that you tried to reach does not exist');
        return meet('recipient', address.address, session);
      };
      answer(check(), callback);
    },
    onData(stream, session, callback) {
      const take = async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) {
          if (!stream.sizeExceeded) chunks.push(Buffer.from(chunk));
        }
        // The server itself answers 552 to what is too large.
        if (stream.sizeExceeded) return false;
        if (await meet('data', '', session)) return true;
        await options.keep(Buffer.concat(chunks), session);
        return meet('received', '', session);
      };
      answer(take(), callback);
    },
  });

  function cut(which: (connection: { id: string }) => boolean): void {
    for (const connection of server.connections) {
      if (which(connection)) connection._socket.destroy();
    }
  }

  function apply(): void {
    const { login, requireTls, startTls, maxBytes, down } = options.switches();
    server.options.authOptional = login === null;
    server.options.allowInsecureAuth = !requireTls;
    server.options.hideSTARTTLS = !startTls;
    server.options.disabledCommands = startTls ? [] : ['STARTTLS'];
    server.options.size = maxBytes;
    if (down) cut(() => true);
  }

  apply();
  // In front of TLS: a socket that is destroyed underneath a handshake takes the whole process with it.
  const accept = server.server.listeners('connection');
  server.server.removeAllListeners('connection');
  server.server.on('connection', (socket: Socket) => {
    if (options.switches().down) socket.destroy();
    else for (const take of accept) take.call(server.server, socket);
  });
  server.on('error', (error) => {
    // A client that hangs up in the middle, or does not trust our certificate, is its own business.
    if (!/ECONNRESET|EPIPE|TLS|SSL|socket/i.test(`${error.message} ${String(Reflect.get(error, 'code'))}`)) {
      console.error('sandbox mailbox:', error.message);
    }
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
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    apply,
    stop() {
      stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut(() => true);
      return closed;
    },
  };
}

/** Tells the outcome of a step; a client whose connection is gone is told nothing. */
function answer(outcome: Promise<boolean>, callback: (error?: Error | null) => void): void {
  outcome.then(
    (gone) => {
      if (!gone) callback();
    },
    (error: unknown) => callback(asError(error)),
  );
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
