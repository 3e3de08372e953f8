import { z } from 'zod';
import type { Problem } from '../../contract/problem';
import type { NetFailure } from '../net/failure';
import { parseJson } from '../net/json';

/** One error as the org tells it. */
export interface OrgError {
  code: string;
  message: string;
  fields: string[];
}

/** Why a call to the org brought nothing usable. `classify` says what it means. */
export type OrgFailure =
  | NetFailure
  /** The org answered with an error; no errors are given when its body was not the org's JSON. */
  | { kind: 'http'; status: number; errors: OrgError[]; retryAfterMs: number | null; title: string | null }
  /** Answered as a success, with something else in it than what was asked for. */
  | { kind: 'badAnswer'; why: string }
  /** No session, so the call itself was never sent. */
  | { kind: 'noSession'; problem: Problem; retryAfterMs: number | null };

/**
 * Errors come with `errorCode` from single records and `statusCode` from collections, with or without
 * `fields` (research/salesforce.md 1.4, 1.5).
 */
export const orgErrorSchema = z
  .object({
    errorCode: z.string().optional(),
    statusCode: z.string().optional(),
    message: z.string().catch(''),
    fields: z.array(z.string()).nullish().catch(null),
  })
  .refine((error) => error.errorCode !== undefined || error.statusCode !== undefined)
  .transform(
    (error): OrgError => ({
      code: error.errorCode ?? error.statusCode ?? '',
      message: error.message,
      fields: error.fields ?? [],
    }),
  );

/** Errors are an array; the upsert page prints one as a bare object, so both are taken. */
const errorBodySchema = z.union([z.array(orgErrorSchema).min(1), orgErrorSchema.transform((one) => [one])]);

/** The errors of an answer's body, or none when it is not the org's JSON (a proxy's page, cut-off text). */
export function readOrgErrors(body: string): OrgError[] {
  const parsed = parseJson(body, errorBodySchema);
  return parsed.ok ? parsed.value : [];
}
