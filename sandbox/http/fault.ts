import { z } from 'zod';

/** A fault on demand: which requests it strikes, before or after they took effect, and how. */
export type Fault = HttpFault | MailFault;
export type FaultInput = HttpFaultInput | MailFaultInput;
export type HttpFault = z.output<typeof httpFaultSchema>;
export type MailFault = z.output<typeof mailFaultSchema>;
export type Refusal = Extract<HttpFault, { kind: 'refuse' }>;
type HttpFaultInput = z.input<typeof httpFaultSchema>;
type MailFaultInput = z.input<typeof mailFaultSchema>;

/** Reads a fault that comes from outside. Throws a ZodError that names the part that is wrong. */
export function parseFault(input: unknown): Fault {
  const { target } = targetSchema.parse(input);
  return target === 'mailbox' ? mailFaultSchema.parse(input) : httpFaultSchema.parse(input);
}

const targetSchema = z.looseObject({ target: z.enum(['org', 'store', 'mailbox']) });

const longestDelayMs = 15 * 60_000;
const ms = z.number().int().positive().max(longestDelayMs);
const pattern = z.string().max(500).refine(isPattern, 'not a regular expression');

/** How often a rule strikes. */
const often = {
  /** Only the nth matching request, counted from 1. */
  nth: z.number().int().positive().optional(),
  /** At most so many times. */
  times: z.number().int().positive().optional(),
  /** Each matching request with this chance, decided by `seed`. */
  chance: z.number().min(0).max(1).optional(),
  seed: z.number().int().default(1),
};

const method = z.string().regex(/^[a-z]+$/i, 'not an HTTP method');
const upper = (text: string): string => text.toUpperCase();

const requests = {
  method: z
    .union([method.transform(upper), z.array(method.transform(upper)).min(1)], 'not an HTTP method')
    .optional(),
  /** Regular expression on the path, e.g. `composite/graph$`. */
  path: pattern.optional(),
  /** `before`: the request has no effect. `after`: it took effect, and its answer is lost. */
  phase: z.enum(['before', 'after']).default('before'),
  /** Strikes a request only when the very same one (method, address and body) has not come before. */
  first: z.boolean().optional(),
  ...often,
};
const http = { target: z.enum(['org', 'store']), ...requests };

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'not a header name');
const headerValue = z.string().regex(/^[\t\x20-\x7e]*$/, 'not a header value');

const httpFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...http, kind: z.literal('drop') }),
  /** With phase `before` the request takes effect late, even when its client has stopped waiting. */
  z.strictObject({ ...http, kind: z.literal('delay'), ms }),
  z.strictObject({
    ...http,
    kind: z.literal('status'),
    status: z.number().int().min(200).max(599),
    body: z.string().default(''),
    contentType: headerValue.default('application/json;charset=UTF-8'),
    headers: z.record(headerName, headerValue).default({}),
  }),
  /** Half of the answer. `cut`: the connection dies there; otherwise the half comes as if it were all. */
  z.strictObject({ ...http, kind: z.literal('truncate'), cut: z.boolean().default(true) }),
  /**
   * The org itself refuses a record, also inside a graph or a collection, e.g. UNABLE_TO_LOCK_ROW. Here
   * `method` is POST, PATCH or DELETE and `path` is matched with `sobjects/<Object>`.
   */
  z.strictObject({
    ...http,
    target: z.literal('org'),
    kind: z.literal('refuse'),
    errorCode: z.string().min(1),
    message: z.string(),
    fields: z.array(z.string()).default([]),
  }),
]);

const mail = {
  target: z.literal('mailbox'),
  /** `received`: the message is kept, and only the word that it is gets lost. */
  at: z.enum(['connect', 'auth', 'sender', 'recipient', 'data', 'received']),
  /** Regular expression on the sender's or the recipient's address, where there is one. */
  address: pattern.optional(),
  ...often,
};

const mailFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...mail, kind: z.literal('drop') }),
  z.strictObject({ ...mail, kind: z.literal('delay'), ms }),
  z.strictObject({
    ...mail,
    kind: z.literal('refuse'),
    code: z.number().int().min(400).max(599),
    message: z.string().regex(/^[\x20-\x7e]*$/, 'not one line of plain text'),
  }),
]);

function isPattern(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
