import type { FaultInput } from '../fault';
import type { Scope } from './scopes';

/** A fault of the real world by name: the rule that shows it, and how often it strikes when nobody says. */
export interface Preset {
  target: FaultInput['target'];
  /** Where it strikes in the org when nobody says; nothing for a rule that knows its own place. */
  scope?: Scope;
  /** Null: until it is removed. */
  times: number | null;
  /** How long it holds a request, for those that do. */
  ms?: number;
  rule(choice: { ms: number }): FaultInput;
}
