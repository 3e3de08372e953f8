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
