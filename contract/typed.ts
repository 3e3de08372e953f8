import { z } from 'zod';
import { decimalSchema } from './decimal';

/** One line of text. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, 'tooLong')
    .refine((value) => ![...value].some(isControl), 'controlCharacter');

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 32 || code === 127;
}

/**
 * Numbers as people type them: a decimal comma counts as a point. Neither may part thousands, so that 1.500
 * is never taken for one and a half.
 */
export const typedNumber = (pattern: RegExp) =>
  z
    .string()
    .transform((value) => value.trim().replace(',', '.'))
    .pipe(z.string().regex(pattern, 'amount').pipe(decimalSchema));

/** A field that may be left blank. */
export const orNone = <Schema extends z.ZodType<string, string>>(schema: Schema) =>
  z
    .string()
    .nullable()
    .transform((value) => (value === null || value.trim() === '' ? null : value))
    .pipe(schema.nullable());
