import type { AlertsView, MailSettings } from '../../contract/mail';
import type { Result } from '../../contract/problem';
import type {
  SecretInput,
  SecretName,
  SettingsDraft,
  SettingsView,
  VerifyReport,
} from '../../contract/settings';

/** Settings and secrets as the current mode has them; the demo's cannot be changed. */
export interface Connections {
  view(): Promise<SettingsView>;
  /** Secrets first, then settings; the bridge takes them up before this resolves. */
  save(settings: Pick<SettingsDraft, 'org' | 'store'>, secrets: SecretInput): Promise<Result<void>>;
  hasSecret(name: SecretName): Promise<boolean>;
  verify(onProgress: (report: VerifyReport) => void): Promise<Result<VerifyReport>>;
}

/** The mail settings as the current mode has them; the demo's cannot be changed. */
export interface MailConnections {
  view(): Promise<Pick<AlertsView, 'mail' | 'passwordSet' | 'keychain' | 'readOnly'>>;
  /** Password first, then settings. Without a password the one that is kept stays; the empty text forgets it. */
  save(settings: MailSettings, password: string | undefined): Promise<Result<void>>;
  /** Sends a test mail with these settings, saved or not. Answers who was refused while others were not. */
  test(settings: MailSettings, password: string | undefined): Promise<Result<{ refused: string[] }>>;
}
