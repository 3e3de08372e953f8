import type { z } from 'zod';
import type { CallOutput, Calls } from '../../contract/calls';
import type { CallName } from '../../contract/names';
import type { Result } from '../../contract/problem';

/** What answers a call: the checked input in, a value or a problem out. */
export type Handler<Name extends CallName> = (
  input: z.output<Calls[Name]['input']>,
) => Promise<Result<CallOutput<Name>>> | Result<CallOutput<Name>>;

export type Handlers = { [Name in CallName]: Handler<Name> };
