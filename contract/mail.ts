import { z } from 'zod';
import { problemSchema } from './problem';
import { line } from './settings';

/** The keychain's name for the mail server's password. */
export const mailSecret = 'mailPassword';

/** One bare address, without a name; addresses inside a company may have no dot. */
export const mailAddressSchema = line(254).regex(
  /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/,
  'mailAddress',
);

const minutes = z.coerce.number('number').int('number').min(1, 'minutes').max(1440, 'minutes');

/** What the connection is protected by: from its first byte, by STARTTLS, or by nothing. */
export const mailSecurities = ['starttls', 'tls', 'none'] as const;

const shape = {
  enabled: z.boolean(),
  host: line(253),
  port: z.coerce.number('number').int('number').min(1, 'port').max(65_535, 'port'),
  security: z.enum(mailSecurities),
  /** Blank where the server asks for no sign-in. */
  user: line(320),
  from: z.union([z.literal(''), mailAddressSchema]),
  recipients: z.array(mailAddressSchema).max(20, 'tooMany'),
  /** After the first failure, what comes within this time is told together. */
  gatherMinutes: minutes,
  /** A side that has been down for this long is told. */
  downMinutes: minutes,
};

/** How failures are mailed, as `settings.json` keeps it. */
export const mailSettingsSchema = z.object({
  enabled: shape.enabled.default(false),
  host: shape.host.default(''),
  port: shape.port.default(587),
  security: shape.security.default('starttls'),
  user: shape.user.default(''),
  from: shape.from.default(''),
  recipients: shape.recipients.default([]),
  gatherMinutes: shape.gatherMinutes.default(15),
  downMinutes: shape.downMinutes.default(15),
});
export type MailSettings = z.infer<typeof mailSettingsSchema>;

/** What has to be there before a mail can leave. */
const whole = {
  ...shape,
  host: line(253).min(1, 'required'),
  from: line(254).min(1, 'required').pipe(mailAddressSchema),
  recipients: shape.recipients.min(1, 'required'),
};

/** A form that is to be saved: whole as soon as mail is switched on. */
export const mailInputSchema = z.discriminatedUnion('enabled', [
  z.object({ ...whole, enabled: z.literal(true) }),
  z.object({ ...shape, enabled: z.literal(false) }),
]);

/** A form that a test mail is to be sent with, switched on or not. */
export const mailTestSchema = z.object(whole);

const typed = z.string().max(4000);
/** The form as a person left it. */
export const mailDraftSchema = z.object({
  enabled: z.boolean(),
  host: typed,
  port: typed,
  security: z.enum(mailSecurities),
  user: typed,
  from: typed,
  recipients: z.array(typed).max(200),
  gatherMinutes: typed,
  downMinutes: typed,
});
export type MailDraft = z.infer<typeof mailDraftSchema>;

/** The form with the password where one was typed: `undefined` leaves it, the empty text forgets it. */
export const mailFormSchema = z.object({
  settings: mailDraftSchema,
  password: z.string().max(512).optional(),
});

/** How the mails on their way are. */
export const mailQueueSchema = z.object({
  waiting: z.number().int(),
  lastSentAt: z.number().int().nullable(),
  /** The last thing that went wrong since a mail last arrived. */
  lastProblem: problemSchema.nullable(),
  /** When the mails that wait are tried again. */
  nextTryAt: z.number().int().nullable(),
  /** Mails that were given up after days, within the last month. */
  givenUp: z.number().int(),
});
export type MailQueueView = z.infer<typeof mailQueueSchema>;

/** How the program behaves on this desktop. */
export const desktopSettingsSchema = z.object({
  /** Notifications of the operating system. */
  notifications: z.boolean().default(true),
  /** Closing the window leaves the program at work. */
  stayInTray: z.boolean().default(true),
});
export type DesktopSettings = z.infer<typeof desktopSettingsSchema>;

export const desktopChoicesSchema = desktopSettingsSchema.required().extend({ startWithSystem: z.boolean() });
export type DesktopChoices = z.infer<typeof desktopChoicesSchema>;

export const alertsViewSchema = z.object({
  mail: mailDraftSchema,
  passwordSet: z.boolean(),
  /** Why a password cannot be kept on this computer, if it cannot. */
  keychain: problemSchema.nullable(),
  /** In the demo mail goes to the sandbox's mailbox. */
  readOnly: z.boolean(),
  queue: mailQueueSchema,
  desktop: desktopChoicesSchema,
});
export type AlertsView = z.infer<typeof alertsViewSchema>;

const invalid = z.object({ kind: z.literal('invalid'), fields: z.record(z.string(), z.string()) });
export const saveMailResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), alerts: alertsViewSchema }),
  invalid,
]);
export const testMailResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sent'), recipients: z.array(z.string()) }),
  invalid,
]);

/** Where a click outside the window leads to inside it. */
export const destinationSchema = z.discriminatedUnion('screen', [
  z.object({ screen: z.literal('order'), id: z.number().int() }),
  z.object({ screen: z.literal('failedOrders') }),
  z.object({ screen: z.literal('changedOrders') }),
  z.object({ screen: z.literal('catalog') }),
  z.object({ screen: z.literal('settings') }),
]);
export type Destination = z.infer<typeof destinationSchema>;
