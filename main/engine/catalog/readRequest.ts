import type { Problem } from '../../../contract/problem';

/** Trouble that passes: in so many milliseconds there is another try. */
export interface Wait {
  problem: Problem;
  forMs: number;
}
/** Null: it is over. */
export type OnWaiting = (wait: Wait | null) => void;

/** One reading of one source. Rows come in the order the other side gives them, never more than once. */
export interface ReadRequest<Row> {
  /** Reads only what changed since this mark of an earlier reading; null reads everything. */
  since: string | null;
  take: (rows: readonly Row[]) => Promise<void>;
  onTotal: (total: number) => void;
  onWaiting: OnWaiting;
  signal: AbortSignal;
}

/** The mark says from where on a later reading finds what changed; null when the other side cannot tell. */
export interface ReadEnd {
  rows: number;
  mark: string | null;
}
