import type { AlertsView, MailSettings } from '../../contract/mail';
import type { Result } from '../../contract/problem';
import type {
  OrgSettings,
  SecretInput,
  SettingsView,
  StoreSettings,
  TypedSecretName,
  VerifyReport,
} from '../../contract/settings';
import type { BrowserSignIn } from '../../contract/signIn';

/** Signing in to the org with the person's browser. */
export interface BrowserSignInDesk {
  state(): BrowserSignIn;
  start(): Promise<BrowserSignIn>;
  cancel(): void;
}

/** Settings and secrets as the current mode has them; the demo's cannot be changed. */
export interface Connections {
  view(): Promise<SettingsView>;
  /** Secrets first, then settings; the bridge takes them up before this resolves. */
  save(settings: { org: OrgSettings; store: StoreSettings }, secrets: SecretInput): Promise<Result<void>>;
  hasSecret(name: TypedSecretName): Promise<boolean>;
  /** Null where there is no org to sign in to. */
  browserSignIn: BrowserSignInDesk | null;
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
