import { z } from 'zod';

/**
 * An exact decimal as text: `-12`, `0.50`, `1234.5678`. Amounts and quantities cross every border in
 * this form, so that no float ever holds one.
 */
export const decimalSchema = z
  .string()
  .regex(/^-?\d{1,14}(\.\d{1,6})?$/, 'decimal')
  .brand('Decimal');

export type Decimal = z.infer<typeof decimalSchema>;
