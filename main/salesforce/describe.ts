import { z } from 'zod';
import { ok, type Result } from '../../contract/problem';
import type { Caller } from './query';

/** What is used of a field's description. `false` where the org leaves a flag out. */
const fieldSchema = z.object({
  name: z.string(),
  type: z.string(),
  length: z.number().int().catch(0),
  createable: z.boolean().catch(false),
  unique: z.boolean().catch(false),
  externalId: z.boolean().catch(false),
});
export type FieldDescription = z.infer<typeof fieldSchema>;

const objectSchema = z.object({
  name: z.string(),
  queryable: z.boolean().catch(true),
  createable: z.boolean().catch(false),
  fields: z.array(fieldSchema),
});

export interface ObjectDescription {
  name: string;
  queryable: boolean;
  createable: boolean;
  fields: ReadonlyMap<string, FieldDescription>;
}

/** How the org describes an object to this user: fields that are hidden from the user are not there. */
export async function describeObject(
  session: Caller,
  object: string,
  signal: AbortSignal,
): Promise<Result<ObjectDescription>> {
  const answer = await session.call({
    call: 'read',
    method: 'GET',
    path: `/sobjects/${object}/describe`,
    answer: objectSchema,
    signal,
  });
  if (!answer.ok) {
    const { problem } = answer;
    const named = problem.code === 'org.objectMissing' || problem.code === 'org.noAccess';
    return { ok: false, problem: named ? { ...problem, params: { ...problem.params, object } } : problem };
  }
  const { name, queryable, createable, fields } = answer.value;
  return ok({ name, queryable, createable, fields: new Map(fields.map((field) => [field.name, field])) });
}
