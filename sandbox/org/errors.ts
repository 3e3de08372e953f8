/** One entry of the array that Salesforce's REST API answers a failure with (research/salesforce.md 1.4). */
export interface OrgError {
  errorCode: string;
  message: string;
  fields?: string[];
  /** What a duplicate rule has found; Salesforce itself spells the key so, and sends no `fields` beside it. */
  duplicateResut?: unknown;
}

/** A request the org refuses: the HTTP status of a single call and the errors of its body. */
export class OrgException extends Error {
  readonly errors: readonly OrgError[];

  constructor(
    readonly status: number,
    errors: readonly OrgError[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(errors.map((error) => `${error.errorCode}: ${error.message}`).join('; '));
    this.name = 'OrgException';
    this.errors = errors.map(inWireOrder);
  }
}

export function refuse(status: number, errorCode: string, message: string, fields?: string[]): OrgException {
  return new OrgException(status, [fields ? { errorCode, message, fields } : { errorCode, message }]);
}

export const notFound = (): OrgException => refuse(404, 'NOT_FOUND', 'The requested resource does not exist');

export const jsonParserError = (message: string): OrgException => refuse(400, 'JSON_PARSER_ERROR', message);

export const processingHalted: OrgError = {
  errorCode: 'PROCESSING_HALTED',
  message: 'The transaction was rolled back since another operation in the same transaction failed.',
};

/** What the API says before it has looked at any record; recorded answers of these begin with the code. */
const codeFirst: ReadonlySet<string> = new Set([
  'BATCH_PROCESSING_HALTED',
  'METHOD_NOT_ALLOWED',
  'NOT_FOUND',
  'PROCESSING_HALTED',
]);

/** Other recorded answers begin with the message; what a duplicate rule says is in the order of the alphabet. */
function inWireOrder({ errorCode, message, fields, duplicateResut }: OrgError): OrgError {
  if (duplicateResut !== undefined) return { duplicateResut, errorCode, message };
  if (codeFirst.has(errorCode)) return { errorCode, message };
  return fields ? { message, errorCode, fields } : { message, errorCode };
}
