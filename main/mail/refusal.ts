import { z } from 'zod';
import { type Problem, type ProblemCode, problem } from '../../contract/problem';
import type { MailAccount } from '../engine/alerts/ports';

/** What nodemailer tells of a failure, as far as it is understood here. */
const failureSchema = z.object({
  message: z.string().catch(''),
  /** Its own code, `EAUTH` for example, or Node's. */
  code: z.string().catch(''),
  /** The server's reply (RFC 5321 4.2) with its number, where there was one. */
  response: z.string().catch(''),
  responseCode: z.number().catch(0),
  command: z.string().catch(''),
  rejected: z.array(z.unknown()).catch([]),
});
type Failure = z.infer<typeof failureSchema>;

/** Says why a mail did not leave; the server's own words go along. The password is in none of them. */
export function mailProblem(
  error: unknown,
  account: Pick<MailAccount, 'host' | 'port' | 'from' | 'password'>,
): Problem {
  const failure = failureSchema.parse(typeof error === 'object' && error !== null ? error : {});
  const words = failure.response === '' ? failure.message : failure.response;
  const { password } = account;
  const detail = password === '' ? words : words.split(password).join('***');
  return problem(
    codeOf(failure),
    {
      name: failure.rejected.length > 0 ? failure.rejected.map(String).join(', ') : account.from,
      host: account.host,
      value: account.port,
    },
    { detail },
  );
}

function codeOf(failure: Failure): ProblemCode {
  const { code, responseCode, command } = failure;
  if (responseCode >= 400 && responseCode < 500) return 'mail.busy';
  if (code === 'EAUTH') return 'mail.signInRefused';
  // Authentication required; STARTTLS first (RFC 4954 6, RFC 3207 4).
  if (responseCode === 530)
    return /starttls|tls|encrypt/i.test(failure.response) ? 'mail.noEncryption' : 'mail.signInNeeded';
  if (code === 'ENOAUTH') return 'mail.signInNeeded';
  if (isCertificate(failure)) return 'mail.certificate';
  if (code === 'ETLS') return 'mail.noEncryption';
  if (responseCode >= 500) return refusedAt(command);
  if (code === 'EENVELOPE') return command === 'RCPT TO' ? 'mail.recipientRefused' : 'mail.senderRefused';
  if (code === 'ETIMEDOUT' || code === 'EABORT') return 'mail.noAnswer';
  if (code === 'EPROTOCOL') return 'mail.badAnswer';
  return 'mail.unreachable';
}

function refusedAt(command: string): ProblemCode {
  if (command === 'MAIL FROM') return 'mail.senderRefused';
  if (command === 'RCPT TO') return 'mail.recipientRefused';
  return 'mail.refused';
}

/** Node's words for a certificate that is not trusted; its code is lost under nodemailer's own. */
function isCertificate({ code, message }: Failure): boolean {
  return (
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code) ||
    /certificate|self[- ]signed|altnames/i.test(message)
  );
}
