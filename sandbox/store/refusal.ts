import { json, type Reply } from '../http/message';

/** A request that the store refuses (docs/store-api.yaml, Problem). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  reply(): Reply {
    return problem(this.status, this.code, this.message, this.field, this.headers);
  }
}

export function problem(
  status: number,
  code: string,
  message: string,
  field?: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const error = field === undefined ? { code, message } : { code, message, field };
  return json(status, { error }, headers);
}

export const unknownAddress = (): Refusal =>
  new Refusal(404, 'not_found', 'There is nothing at this address.');
