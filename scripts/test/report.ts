import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';

/** A runner that was killed leaves no report, or half of one: null. */
export function readReport<T>(schema: z.ZodType<T>, file: string): T | null {
  if (!existsSync(file)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
