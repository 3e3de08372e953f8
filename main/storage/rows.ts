import { z } from 'zod';
import { decimalSchema } from '../../contract/decimal';
import { exportStatusSchema, type OrderRow } from '../../contract/export';

/** JSON text in a column, parsed by the given schema. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** The columns a list row is made of. */
export const orderColumns =
  'id, number, source, buyer_name, line_count, total, currency, confirmed_at, received_at, status, change';

const orderRowColumns = z.object({
  id: z.number(),
  number: z.string().nullable(),
  source: z.enum(['store', 'file']),
  buyer_name: z.string(),
  line_count: z.number(),
  total: decimalSchema.nullable(),
  currency: z.string().nullable(),
  confirmed_at: z.string().nullable(),
  received_at: z.number(),
  status: json(exportStatusSchema),
  change: json(z.object({ kind: z.enum(['edited', 'cancelled']), seen: z.boolean() })).nullable(),
});

export function readOrderRow(row: unknown): OrderRow {
  const columns = orderRowColumns.parse(row);
  return {
    id: columns.id,
    number: columns.number ?? '?',
    source: columns.source,
    buyerName: columns.buyer_name,
    lineCount: columns.line_count,
    total: columns.total,
    currency: columns.currency,
    confirmedAt: columns.confirmed_at,
    receivedAt: columns.received_at,
    status: columns.status,
    change: columns.change === null || columns.change.seen ? null : columns.change.kind,
  };
}

export const statusRow = z.object({ status: json(exportStatusSchema), urgent: z.number() });
export const idRow = z.object({ id: z.number() });
export const countRow = z.object({ count: z.number() });

/** Lower case without accents, for a search that finds "Perez" in "Pérez". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** A LIKE pattern that finds `text` anywhere; use with ESCAPE '\\'. */
export function containing(text: string): string {
  return `%${fold(text).replace(/[\\%_]/g, '\\$&')}%`;
}
