/** One entry of the array that Salesforce's REST API answers a failure with (research/salesforce.md 1.4). */
export interface OrgError {
  errorCode: string;
  message: string;
  fields?: string[];
}

/** A request the org refuses: the HTTP status of a single call and the errors of its body. */
export class OrgException extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly OrgError[],
  ) {
    super(errors.map((error) => `${error.errorCode}: ${error.message}`).join('; '));
    this.name = 'OrgException';
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
