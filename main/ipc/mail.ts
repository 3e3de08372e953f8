import type { z } from 'zod';
import {
  type AlertsView,
  type DesktopChoices,
  type MailQueueView,
  type MailSettings,
  mailInputSchema,
  mailTestSchema,
} from '../../contract/mail';
import { failed, ok, problem, type Result } from '../../contract/problem';
import type { MailConnections } from '../settings/connections';
import type { Handlers } from './handlers';
import { fieldErrors } from './settings';

export interface AlertsDeps {
  /** Null before a mode has been chosen. */
  mail: () => MailConnections | null;
  /** Null until there is a database to queue in. */
  queue: () => MailQueueView | null;
  desktop: { get(): DesktopChoices; set(choices: DesktopChoices): void };
}

type Names = Extract<keyof Handlers, `alerts.${string}`>;

const closed = () => failed(problem('settings.incomplete'));
const noMails: MailQueueView = {
  waiting: 0,
  lastSentAt: null,
  lastProblem: null,
  nextTryAt: null,
  givenUp: 0,
};

export function alertsHandlers({ mail, queue, desktop }: AlertsDeps): Pick<Handlers, Names> {
  async function view(connections: MailConnections): Promise<AlertsView> {
    return { ...(await connections.view()), queue: queue() ?? noMails, desktop: desktop.get() };
  }

  return {
    'alerts.get': async () => {
      const connections = mail();
      return connections === null ? closed() : ok(await view(connections));
    },

    'alerts.saveMail': async ({ settings, password }) => {
      const connections = mail();
      if (connections === null) return closed();
      const before = await connections.view();
      if (before.readOnly) return failed(problem('settings.invalid'));
      const checked = check(mailInputSchema, settings);
      if (!checked.ok) return ok({ kind: 'invalid', fields: checked.fields });
      if (settings.enabled && lacksPassword(checked.settings, password, before.passwordSet))
        return ok({ kind: 'invalid', fields: { password: 'required' } });
      const saved = await connections.save(checked.settings, password);
      return saved.ok ? ok({ kind: 'saved', alerts: await view(connections) }) : saved;
    },

    'alerts.testMail': async ({ settings, password }) => {
      const connections = mail();
      if (connections === null) return closed();
      const checked = check(mailTestSchema, settings);
      if (!checked.ok) return ok({ kind: 'invalid', fields: checked.fields });
      const { passwordSet } = await connections.view();
      if (lacksPassword(checked.settings, password, passwordSet))
        return ok({ kind: 'invalid', fields: { password: 'required' } });
      const sent = await connections.test(checked.settings, password);
      if (!sent.ok) return sent;
      const { refused } = sent.value;
      // The engine goes on with whoever was not refused; a person who tests wants to know.
      if (refused.length > 0) return failed(problem('mail.recipientRefused', { name: refused.join(', ') }));
      return ok({ kind: 'sent', recipients: checked.settings.recipients });
    },

    'alerts.setDesktop': async (choices): Promise<Result<AlertsView>> => {
      const connections = mail();
      if (connections === null) return closed();
      desktop.set(choices);
      return ok(await view(connections));
    },
  };
}

function check(
  schema: z.ZodType<MailSettings>,
  draft: unknown,
): { ok: true; settings: MailSettings } | { ok: false; fields: Record<string, string> } {
  const parsed = schema.safeParse(draft);
  return parsed.success
    ? { ok: true, settings: parsed.data }
    : { ok: false, fields: fieldErrors(parsed.error) };
}

/** A user name without a password signs nobody in. */
const lacksPassword = ({ user }: MailSettings, typed: string | undefined, kept: boolean): boolean =>
  user !== '' && (typed === undefined ? !kept : typed === '');
