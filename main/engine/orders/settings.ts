import type { OrderRules } from '../../../contract/rules';
import type { Automatic } from '../../../contract/settings';

/** What people have decided about exports; read anew for every batch, so that changes need no restart. */
export interface ExportSettings {
  identifier: string;
  automatic: Automatic;
  rules: OrderRules;
  /** Only orders of these companies go by themselves; none set lets all go. */
  companies: readonly string[];
}
