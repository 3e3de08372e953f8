import { type Problem, problem } from '../../../contract/problem';
import { type Limit, limits } from './limits';

/** Why a file cannot be read, for the sentence a person gets. */
export type Unreadable =
  | 'notFound'
  | 'noAccess'
  | 'notAFile'
  | 'notASpreadsheet'
  /** A workbook of Excel 97-2003. */
  | 'oldExcel'
  | 'passwordProtected'
  /** An HTML table under a spreadsheet's name, as some systems export. */
  | 'webPage'
  | 'quoteNotClosed'
  | 'damaged';

/** Carries a problem up through the readers; `readTable` turns it into its answer. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

export const unreadable = (why: Unreadable, more: { row?: number; detail?: string } = {}): FileFault =>
  new FileFault(
    problem(
      'file.unreadable',
      { why, ...(more.row === undefined ? {} : { row: more.row }) },
      more.detail === undefined ? {} : { detail: more.detail },
    ),
  );

export const tooLarge = (limit: Limit, row?: number): FileFault =>
  new FileFault(
    problem('file.tooLarge', { limit, max: limits[limit], ...(row === undefined ? {} : { row }) }),
  );

export const emptyFile = (): FileFault => new FileFault(problem('file.empty'));

export const changedFile = (): FileFault => new FileFault(problem('file.changed'));
