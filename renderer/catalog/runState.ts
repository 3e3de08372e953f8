import type { Run, RunStateName } from '../../contract/catalog';

/** How many products of a run that was stopped may have been written beside those that were. */
export const mayBeWritten = ({ status }: Pick<Run, 'status'>): number =>
  status.state === 'paused' || status.state === 'cancelled' ? (status.unsure ?? 0) : 0;

/** Where a run stands, as it is told: nobody has cancelled a product's own update whose answer was lost. */
export const runState = ({ kind, status }: Pick<Run, 'kind' | 'status'>): RunStateName | 'unsure' =>
  kind === 'product' && mayBeWritten({ status }) > 0 ? 'unsure' : status.state;
