import { z } from 'zod';
import { buyerSchema, orderSchema } from '../../../contract/order';
import type { FeedItem } from '../../engine/ports';
import { parseShape } from '../../net/json';

/** The shapes of docs/store-api.yaml. Orders are parsed one by one, so that a bad one does not hide others. */
export const infoSchema = z.object({
  name: z.string().trim().min(1).max(255),
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  timeZone: z.string().min(1).max(64),
});

export const feedSchema = z.object({
  orders: z.array(z.unknown()).max(1000),
  cursor: z.string().min(1).max(2000),
  more: z.boolean(),
});

/** The store does not say what kind of tax ID it keeps: its country does. */
const wireOrderSchema = orderSchema.extend({
  status: z.enum(['confirmed', 'cancelled']),
  buyer: buyerSchema.omit({ taxIdKind: true }),
});

/** An order of the feed as the engine knows it, or as something that cannot be read but must not be lost. */
export function readOrder(item: unknown, country: string): FeedItem {
  const raw = JSON.stringify(item);
  const parsed = parseShape(item, wireOrderSchema);
  if (!parsed.ok) return { kind: 'unreadable', number: numberOf(item), raw, detail: parsed.why };
  const { buyer, ...order } = parsed.value;
  const taxIdKind = country === 'AR' ? 'argentina' : 'any';
  return { kind: 'order', order: { ...order, buyer: { ...buyer, taxIdKind } }, raw };
}

function numberOf(item: unknown): string | null {
  const parsed = z.object({ number: orderSchema.shape.number }).safeParse(item);
  return parsed.success ? parsed.data.number : null;
}
