import { createTransport } from 'nodemailer';
import { failed, ok } from '../../contract/problem';
import type { MailAccount, Mailer } from '../engine/alerts/ports';
import { mailProblem } from './refusal';

export interface MailerLimits {
  /** How long a server may take to greet, or be silent in between. */
  silenceMs: number;
  /** How long one mail may take altogether. */
  wholeMs: number;
}

const usualLimits: MailerLimits = { silenceMs: 15_000, wholeMs: 60_000 };

/** Mail by SMTP (RFC 5321) through any server, one connection per mail. */
export function createMailer(limits: MailerLimits = usualLimits): Mailer {
  return {
    async send(account, mail, signal) {
      const deadline = new AbortController();
      const end = () => deadline.abort();
      const timer = setTimeout(end, limits.wholeMs);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
      try {
        const transport = createTransport(connection(account, limits));
        const info = await transport.sendMail({
          from: { name: 'Puente', address: account.from },
          to: account.recipients,
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: mail.messageId,
          date: new Date(mail.createdAt),
          // Nobody's "I am on holiday" should answer a program (RFC 3834 5).
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          disableFileAccess: true,
          disableUrlAccess: true,
          signal: deadline.signal,
        });
        return ok({ refused: info.rejected.map(String) });
      } catch (error) {
        return failed(mailProblem(error, account));
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
      }
    },
  };
}

function connection(account: MailAccount, { silenceMs }: MailerLimits) {
  const { host, port, security, user, password, ca } = account;
  return {
    host,
    port,
    secure: security === 'tls',
    // STARTTLS that is left out by whoever stands in between must not be taken for an answer (RFC 3207 6).
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    dnsTimeout: silenceMs,
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) } as const,
  };
}
