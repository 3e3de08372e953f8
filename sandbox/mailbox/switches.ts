import { z } from 'zod';

const text = z.string().min(1).max(200);

/** What can be changed while the mailbox runs. */
export const mailboxSwitchesSchema = z.strictObject({
  /** The line is dead. */
  down: z.boolean(),
  /** STARTTLS is offered. */
  startTls: z.boolean(),
  /** Nobody may sign in or send before the connection is encrypted. */
  requireTls: z.boolean(),
  /** When set, nobody may send without signing in with it. */
  login: z.strictObject({ user: text, password: text }).nullable(),
  /** The addresses that exist here; null: all of them. */
  recipients: z.array(text).nullable(),
  maxBytes: z
    .number()
    .int()
    .positive()
    .max(50 * 1024 * 1024),
});
export type MailboxSwitches = z.infer<typeof mailboxSwitchesSchema>;

export const defaultMailboxSwitches: MailboxSwitches = {
  down: false,
  startTls: true,
  requireTls: false,
  login: null,
  recipients: null,
  maxBytes: 10 * 1024 * 1024,
};
