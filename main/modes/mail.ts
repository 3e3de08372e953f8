import { randomUUID } from 'node:crypto';
import { type MailDraft, type MailSettings, mailSecret } from '../../contract/mail';
import { failed, ok, problem, type Result } from '../../contract/problem';
import type { AlertsOptions } from '../alerts';
import type { Digest } from '../engine/alerts/digest';
import type { Notice } from '../engine/alerts/noticeRules';
import type { Letter, MailAccount, Mailer } from '../engine/alerts/ports';
import type { MailConnections } from '../settings/connections';
import type { Keychain } from '../settings/keychain';
import type { SettingsStore } from '../settings/settingsStore';

/** What tells people of trouble, whatever the mode. */
export interface AlertServices {
  mailer: Mailer;
  compose: (digest: Digest, orgHost: string | null) => Letter;
  composeTest: (orgHost: string | null) => Letter;
  notify: (notice: Notice) => void;
  onMailChanged: () => void;
}

/** The mail of one mode: what the engine sends by, and what people can change. */
export interface ModeMail {
  alerts: AlertsOptions;
  connections: MailConnections;
}

interface MailDeps {
  alerts: AlertServices;
  orgHost: () => string | null;
}

export interface LiveMailDeps extends MailDeps {
  settings: SettingsStore;
  keychain: Keychain;
  onSaved: () => void;
}

/** Mail by the server that people have named, with its password from the keychain. */
export function createLiveMail(deps: LiveMailDeps): ModeMail {
  const { settings, keychain } = deps;

  async function accountOf(chosen: MailSettings, typed: string | undefined): Promise<Result<MailAccount>> {
    if (chosen.user === '') return ok({ ...chosen, password: '' });
    if (typed !== undefined) return ok({ ...chosen, password: typed });
    const kept = await keychain.read(mailSecret);
    if (!kept.ok) return kept;
    return kept.value === null
      ? failed(problem('mail.signInNeeded'))
      : ok({ ...chosen, password: kept.value });
  }

  return {
    alerts: alertsOptions(deps, {
      settings: () => settings.get().mail,
      account: () => accountOf(settings.get().mail, undefined),
    }),
    connections: {
      async view() {
        const kept = await keychain.read(mailSecret);
        return {
          mail: draftOf(settings.get().mail),
          passwordSet: kept.ok && kept.value !== null,
          keychain: kept.ok ? null : kept.problem,
          readOnly: false,
        };
      },
      async save(changed, password) {
        if (password !== undefined) {
          const written = await keychain.write(mailSecret, password);
          if (!written.ok) return written;
        }
        settings.setMail(changed);
        deps.onSaved();
        return ok(undefined);
      },
      async test(chosen, password) {
        const account = await accountOf(chosen, password);
        return account.ok ? sendTest(account.value, deps) : account;
      },
    },
  };
}

/** Where a mailbox on this computer takes mail; it presents a certificate that `ca` has signed. */
export interface Mailbox {
  host: string;
  port: number;
  ca: string;
}

/** Mail to the sandbox's mailbox, so that the simulator's pages show it. */
export function createDemoMail(mailbox: Mailbox, deps: MailDeps): ModeMail {
  const settings: MailSettings = {
    enabled: true,
    host: mailbox.host,
    port: mailbox.port,
    security: 'starttls',
    user: '',
    from: 'puente@mayorista.example',
    recipients: ['administracion@mayorista.example'],
    // What takes a quarter of an hour elsewhere can be watched here.
    gatherMinutes: 1,
    downMinutes: 1,
  };
  const account: MailAccount = { ...settings, password: '', ca: mailbox.ca };
  return {
    alerts: alertsOptions(deps, { settings: () => settings, account: async () => ok(account) }),
    connections: {
      view: async () => ({ mail: draftOf(settings), passwordSet: false, keychain: null, readOnly: true }),
      save: async () => failed(problem('settings.invalid')),
      test: () => sendTest(account, deps),
    },
  };
}

function alertsOptions(
  { alerts, orgHost }: MailDeps,
  mail: { settings: () => MailSettings; account: () => Promise<Result<MailAccount>> },
): AlertsOptions {
  return {
    ...alerts,
    account: async () => (mail.settings().enabled ? mail.account() : ok(null)),
    rules: () => {
      const { enabled, gatherMinutes, downMinutes } = mail.settings();
      return enabled ? { gatherMs: gatherMinutes * 60_000, downMs: downMinutes * 60_000 } : null;
    },
    compose: (digest) => alerts.compose(digest, orgHost()),
    newMessageId: () => messageId(mail.settings().from),
  };
}

async function sendTest(
  account: MailAccount,
  { alerts, orgHost }: MailDeps,
): Promise<Result<{ refused: string[] }>> {
  const letter = {
    ...alerts.composeTest(orgHost()),
    messageId: messageId(account.from),
    createdAt: Date.now(),
  };
  return alerts.mailer.send(account, letter, new AbortController().signal);
}

/** Unique for ever, under the sender's own domain (RFC 5322 3.6.4). */
const messageId = (from: string): string => `<${randomUUID()}@${from.split('@').at(-1) || 'puente.invalid'}>`;

const draftOf = (settings: MailSettings): MailDraft => ({
  ...settings,
  port: String(settings.port),
  gatherMinutes: String(settings.gatherMinutes),
  downMinutes: String(settings.downMinutes),
});
