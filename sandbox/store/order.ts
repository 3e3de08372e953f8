import { z } from 'zod';

/** The store's side of docs/store-api.yaml: the shapes it sends and takes. All decimals are texts. */

export const decimalSchema = z.string().regex(/^-?\d{1,15}(?:\.\d{1,6})?$/, 'not a decimal number');

export const addressSchema = z.strictObject({
  street: z.string(),
  city: z.string(),
  province: z.string(),
  postalCode: z.string(),
  country: z.string(),
});

export const vatStatuses = ['responsable-inscripto', 'monotributo', 'exento', 'consumidor-final'] as const;

export const buyerSchema = z.strictObject({
  id: z.string(),
  businessName: z.string().nullable(),
  contactName: z.string(),
  taxId: z.string(),
  vatStatus: z.enum(vatStatuses),
  address: addressSchema,
  phone: z.string().nullable(),
  email: z.string().nullable(),
});
export type StoreBuyer = z.infer<typeof buyerSchema>;

export const lineSchema = z.strictObject({
  number: z.number().int().positive(),
  sku: z.string().min(1),
  name: z.string(),
  quantity: decimalSchema,
  unitPrice: decimalSchema,
  discountPercent: decimalSchema,
  total: decimalSchema,
  note: z.string(),
});
export type StoreLine = z.infer<typeof lineSchema>;

export const storeOrderSchema = z.strictObject({
  number: z.string().min(1),
  revision: z.number().int().nonnegative(),
  status: z.enum(['confirmed', 'cancelled']),
  confirmedAt: z.iso.datetime({ offset: true }),
  channel: z.enum(['web', 'sales-rep']),
  salesRep: z.string().nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  company: z.string().nullable(),
  buyer: buyerSchema,
  delivery: z.strictObject({ method: z.string(), address: addressSchema.nullable() }),
  paymentTerms: z.string(),
  notes: z.string(),
  lines: z.array(lineSchema).min(1),
  totals: z.strictObject({
    lines: decimalSchema,
    discount: decimalSchema,
    shipping: decimalSchema,
    surcharge: decimalSchema,
    tax: decimalSchema,
    total: decimalSchema,
  }),
});
export type StoreOrder = z.infer<typeof storeOrderSchema>;

export const exportMarkSchema = z.strictObject({
  state: z.literal('exported'),
  reference: z.string().min(1).max(120),
  url: z.string().max(2000).nullable(),
});
export type ExportMark = z.infer<typeof exportMarkSchema>;

export const storeProductSchema = z.strictObject({
  sku: z.string(),
  name: z.string(),
  stock: z.string(),
  /** Of the general list. */
  price: z.string(),
  /** Of the other lists, by their ids; a list that is absent shows the general price. */
  prices: z.record(z.string(), z.string()),
  active: z.boolean(),
  updatedAt: z.string(),
});
export type StoreProduct = z.infer<typeof storeProductSchema>;
