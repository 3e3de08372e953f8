import type { z } from 'zod';

export type Parsed<T> = { ok: true; value: T } | { ok: false; why: string };

/** Parses JSON text and checks its shape. `why` names the first places that do not fit, never the text. */
export function parseJson<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { ok: false, why: 'not JSON' };
  }
  return parseShape(data, schema);
}

/** Checks the shape of data that came from outside. */
export function parseShape<T>(data: unknown, schema: z.ZodType<T>): Parsed<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issues = parsed.error.issues.slice(0, 5);
  return {
    ok: false,
    why: issues.map(({ path, message }) => `${path.join('.') || '/'}: ${message}`).join('; '),
  };
}
