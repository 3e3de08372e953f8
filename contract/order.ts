import { z } from 'zod';
import { decimalSchema } from './decimal';

const text = (max: number) => z.string().trim().max(max);

export const addressSchema = z.object({
  street: text(255),
  city: text(80),
  province: text(80),
  postalCode: text(20),
  country: text(80),
});
export type Address = z.infer<typeof addressSchema>;

/** The four VAT statuses of an Argentine buyer; `other` for stores elsewhere or files that do not say. */
export const vatStatuses = [
  'responsable-inscripto',
  'monotributo',
  'exento',
  'consumidor-final',
  'other',
] as const;

export const buyerSchema = z.object({
  id: text(80).nullable(),
  businessName: text(255).nullable(),
  contactName: text(255).nullable(),
  /** As the store has it; a CUIT may carry dashes. Checked before export, not at intake. */
  taxId: text(40),
  /** `argentina`: CUIT or DNI, checked; `any`: taken as it is (other countries, customer numbers). */
  taxIdKind: z.enum(['argentina', 'any']),
  vatStatus: z.enum(vatStatuses),
  address: addressSchema.nullable(),
  phone: text(40).nullable(),
  email: text(80).nullable(),
});
export type Buyer = z.infer<typeof buyerSchema>;

export const lineSchema = z.object({
  number: z.number().int().positive(),
  sku: text(180).min(1),
  name: text(255),
  quantity: decimalSchema,
  /** List price of one unit, before the line's discount. */
  unitPrice: decimalSchema,
  discountPercent: decimalSchema,
  /** Quantity times price less discount, rounded to the cent by the store. */
  total: decimalSchema,
  note: text(255),
});
export type Line = z.infer<typeof lineSchema>;

export const totalsSchema = z.object({
  lines: decimalSchema,
  discount: decimalSchema,
  shipping: decimalSchema,
  surcharge: decimalSchema,
  tax: decimalSchema,
  total: decimalSchema,
});

/** What a wholesale customer confirmed, as the store tells it (docs/store-api.yaml, `Order`). */
export const orderSchema = z.object({
  number: text(60).min(1),
  revision: z.number().int().nonnegative(),
  /** Cancelled orders come through the feed as orders that were changed. */
  status: z.enum(['confirmed', 'cancelled']).default('confirmed'),
  /** Instant of confirmation with the store's own offset, so that its calendar day is known. */
  confirmedAt: z.iso.datetime({ offset: true }),
  channel: z.enum(['web', 'sales-rep', 'file']),
  salesRep: text(255).nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  company: text(80).nullable(),
  buyer: buyerSchema,
  delivery: z.object({ method: text(80), address: addressSchema.nullable() }).nullable(),
  paymentTerms: text(255),
  notes: text(32_000),
  lines: z.array(lineSchema).max(10_000),
  totals: totalsSchema,
});
export type Order = z.infer<typeof orderSchema>;
