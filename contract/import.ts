import { z } from 'zod';
import { decimalSchema } from './decimal';
import { problemSchema } from './problem';

/** What a column of an orders file may hold. One row is one line of an order. */
export const importFields = [
  'orderNumber',
  'date',
  'sku',
  'productName',
  'quantity',
  'unitPrice',
  'discountPercent',
  'lineNote',
  'buyerTaxId',
  'buyerName',
  'buyerContact',
  'buyerEmail',
  'buyerPhone',
  'street',
  'city',
  'province',
  'postalCode',
  'country',
  'paymentTerms',
  'notes',
] as const;
export type ImportField = (typeof importFields)[number];
export const requiredImportFields = [
  'orderNumber',
  'date',
  'sku',
  'quantity',
  'unitPrice',
  'buyerTaxId',
] as const satisfies readonly ImportField[];

/** How a file of one shape is read. Columns are named by their header, so a moved column is still found. */
export const importMappingSchema = z.object({
  columns: z.partialRecord(z.enum(importFields), z.string().max(200)),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']),
  decimalMark: z.enum([',', '.']),
  currency: z.string().regex(/^[A-Z]{3}$/, 'currency'),
  timeZone: z.string().max(60),
  /** `argentina` checks CUIT and DNI; `any` takes the column as it is (customer numbers, other countries). */
  taxIdKind: z.enum(['argentina', 'any']),
  /** Used where no name column is set or the cell is blank; `{taxId}` stands for the tax ID. */
  buyerNamePattern: z.string().max(120),
  /** An order whose number starts with this is a cancellation; empty for none. */
  cancellationPrefix: z.string().max(10),
  /** Codes that are charges, not goods. */
  serviceCodes: z.array(z.string().max(60)).max(50),
  /** Charges go out as lines of their own, or are left out (and the order's total says so). */
  serviceLines: z.enum(['asLines', 'leaveOut']),
});
export type ImportMapping = z.infer<typeof importMappingSchema>;

/** The mapping as a person left it on screen; checked field by field before use. */
export const importMappingDraftSchema = importMappingSchema.extend({
  currency: z.string().max(100),
  timeZone: z.string().max(100),
  buyerNamePattern: z.string().max(1000),
  cancellationPrefix: z.string().max(1000),
  serviceCodes: z.array(z.string().max(1000)).max(1000),
});
export type ImportMappingDraft = z.infer<typeof importMappingDraftSchema>;

/** A file as it was opened: its columns, a few rows, and the mapping that fits. */
export const importFileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string(),
  delimiter: z.string(),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  rowCount: z.number().int(),
  mapping: importMappingSchema,
  /** True when a person has set this mapping up before for a file of this shape. */
  remembered: z.boolean(),
});
export type ImportFile = z.infer<typeof importFileSchema>;

/** Why an order of the file, or a row of it, is not imported. */
export const importReasons = [
  'cancellation',
  'buyerMissing',
  'buyerDiffers',
  'taxIdInvalid',
  'orderNumberMissing',
  'skuMissing',
  'quantityInvalid',
  'quantityNotPositive',
  'priceInvalid',
  'priceMissing',
  'priceNegative',
  'discountInvalid',
  'dateInvalid',
  'textTooLong',
  'tooManyLines',
  'onlyCharges',
  'alreadyKnown',
  'columnCount',
] as const;
export type ImportReason = (typeof importReasons)[number];

/** Something a person should know of an order that is imported all the same. */
export const importRemarks = [
  'chargeLeftOut',
  'chargeAsLine',
  'priceZero',
  'datesDiffer',
  /** An amount such as 1.500 was read by the mapping's decimal mark, and nothing in the file proves it. */
  'amountAmbiguous',
] as const;

export const importOrderSchema = z.object({
  number: z.string(),
  buyer: z.string(),
  confirmedAt: z.string().nullable(),
  lineCount: z.number().int(),
  total: decimalSchema.nullable(),
  verdict: z.enum(['import', 'leaveOut', 'alreadyKnown']),
  reasons: z.array(
    z.object({
      reason: z.enum(importReasons),
      /** Row of the file as a spreadsheet counts it: the header is row 1. */
      row: z.number().int().nullable(),
      value: z.string().nullable(),
    }),
  ),
  remarks: z.array(z.enum(importRemarks)),
});
export type ImportOrder = z.infer<typeof importOrderSchema>;

export const importSummarySchema = z.object({
  fileId: z.string(),
  rows: z.number().int(),
  orders: z.number().int(),
  toImport: z.number().int(),
  linesToImport: z.number().int(),
  totalToImport: decimalSchema,
  currency: z.string(),
  leftOut: z.number().int(),
  alreadyKnown: z.number().int(),
  /** Orders left out, by reason; an order with several reasons counts under each. */
  reasons: z.array(
    z.object({ reason: z.enum(importReasons), orders: z.number().int(), rows: z.number().int() }),
  ),
  remarks: z.array(z.object({ remark: z.enum(importRemarks), orders: z.number().int() })),
});
export type ImportSummary = z.infer<typeof importSummarySchema>;

export const importPreviewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), summary: importSummarySchema }),
  z.object({ kind: z.literal('mappingIncomplete'), fields: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('unreadable'), problem: problemSchema }),
]);
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importResultSchema = z.object({
  imported: z.number().int(),
  alreadyKnown: z.number().int(),
  leftOut: z.number().int(),
});
export type ImportResult = z.infer<typeof importResultSchema>;
