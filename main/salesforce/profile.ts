import { z } from 'zod';
import { customInventory } from './profiles/customInventory';
import { standard } from './profiles/standard';

/** Object and field names go into SOQL and addresses as they are, so they may hold nothing else. */
const apiName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/)
  .max(80);
const optional = apiName.nullable();

const addressFieldsSchema = z.strictObject({
  street: apiName,
  city: apiName,
  province: apiName,
  postalCode: apiName,
  country: apiName,
});
export type AddressFields = z.infer<typeof addressFieldsSchema>;

/** A lookup field with the name by which SOQL walks along it. */
const lookup = z.strictObject({ field: apiName, relation: apiName });

/**
 * Which objects and fields of the org hold what (design, "The profile"). The only place that names them;
 * a blank optional field is not written and not read.
 */
export const profileSchema = z.strictObject({
  name: z.string().min(1).max(60),
  buyer: z.strictObject({
    object: apiName,
    name: apiName,
    taxId: apiName,
    vatStatus: optional,
    phone: optional,
    email: optional,
    address: addressFieldsSchema.nullable(),
    /** The org's word for each VAT status; one that is not listed is written as it is. */
    vatStatusValues: z.record(z.string(), z.string()),
  }),
  order: z.strictObject({
    object: apiName,
    number: apiName,
    total: apiName,
    buyer: apiName,
    priceBook: apiName,
    effectiveDate: apiName,
    status: apiName,
    /** Written only where the org has several currencies. */
    currency: apiName,
    exportKey: apiName,
    identifier: apiName,
    storeOrder: optional,
    paymentTerms: optional,
    company: optional,
    notes: optional,
    /** Amounts beside the lines, and the store's total, by which both can be compared. */
    discount: optional,
    shipping: optional,
    surcharge: optional,
    tax: optional,
    storeTotal: optional,
    delivery: addressFieldsSchema.nullable(),
  }),
  orderStatus: z.strictObject({
    object: apiName,
    value: apiName,
    label: apiName,
    category: apiName,
    isDefault: apiName,
    /** The category in which an order can still be changed. */
    draftCategory: z.string().min(1),
    /** The category of an order that is binding. */
    activeCategory: z.string().min(1),
  }),
  line: z.strictObject({
    object: apiName,
    order: apiName,
    priceEntry: apiName,
    quantity: apiName,
    /** Decimals that the org keeps of a quantity. */
    quantityScale: z.number().int().min(0).max(6),
    unitPrice: apiName,
    discountPercent: optional,
    key: apiName,
    note: optional,
  }),
  product: z.strictObject({
    object: apiName,
    sku: apiName,
    name: apiName,
    active: apiName,
    company: optional,
  }),
  priceBook: z.strictObject({ object: apiName, name: apiName, active: apiName, standard: apiName }),
  priceEntry: z.strictObject({
    object: apiName,
    priceBook: apiName,
    product: lookup,
    unitPrice: apiName,
    active: apiName,
    currency: apiName,
  }),
  warehouse: z.strictObject({
    object: apiName,
    name: apiName,
    reference: optional,
    company: optional,
    /** True for places whose stock is for sale; none: all of them. */
    forSale: optional,
    priceBook: lookup.nullable(),
  }),
  stock: z.strictObject({ object: apiName, product: lookup, warehouse: lookup, quantity: apiName }),
  currency: z.strictObject({ object: apiName, code: apiName, corporate: apiName }),
});
export type Profile = z.infer<typeof profileSchema>;

/** The profiles that come with the program, by name. */
export const builtInProfiles = {
  standard: profileSchema.parse(standard),
  'custom-inventory': profileSchema.parse(customInventory),
} as const;
