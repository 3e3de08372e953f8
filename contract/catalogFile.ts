import { z } from 'zod';
import { changeFilters, updateChoiceSchema } from './catalog';

export const tableFormats = ['xlsx', 'csv'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** A file that was saved: its name, never its path, and how many rows it has. */
export const savedFileSchema = z.object({ name: z.string(), rows: z.number().int() });
export type SavedFile = z.infer<typeof savedFileSchema>;

/** Rows of a run that are to be saved as a table. */
export const exportRowsSchema = z.object({
  id: z.number().int(),
  filter: z.enum(changeFilters),
  search: z.string().max(100),
  format: z.enum(tableFormats),
});

/** What a column of a catalogue file may hold, beside the prices of further lists. */
export const catalogFileFields = ['sku', 'name', 'stock', 'price'] as const;
export type CatalogFileField = (typeof catalogFileFields)[number];

/** Most columns with prices of further lists. */
export const mostListColumns = 20;

/** How a catalogue file of one shape is read. Columns are named by their header, so a moved column is still found. */
export const catalogMappingSchema = z.object({
  columns: z.partialRecord(z.enum(catalogFileFields), z.string().max(200)),
  /** Columns with the prices of further lists, each with the price book of the org that feeds it. */
  lists: z
    .array(z.object({ column: z.string().min(1).max(200), priceBook: z.string().min(1).max(255) }))
    .max(mostListColumns),
  decimalMark: z.enum([',', '.']),
  currency: z.string().regex(/^[A-Z]{3}$/, 'currency'),
});
export type CatalogMapping = z.infer<typeof catalogMappingSchema>;

/** The mapping as a person left it on screen; checked field by field before use. */
export const catalogMappingDraftSchema = catalogMappingSchema.extend({
  lists: z
    .array(z.object({ column: z.string().max(200), priceBook: z.string().max(255) }))
    .max(mostListColumns),
  currency: z.string().max(100),
});
export type CatalogMappingDraft = z.infer<typeof catalogMappingDraftSchema>;

/** A catalogue file as it was opened: its columns, a few rows, and the mapping that fits. */
export const catalogFileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  format: z.enum(tableFormats),
  encoding: z.string(),
  delimiter: z.string(),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  rowCount: z.number().int(),
  mapping: catalogMappingSchema,
  /** True when a person has set this mapping up before for a file of this shape. */
  remembered: z.boolean(),
});
export type CatalogFile = z.infer<typeof catalogFileSchema>;

/** What is wrong with a row of the file, or worth knowing of it: `catalogFile.finding.<code>`. */
export const fileFindings = ['noSku', 'repeated', 'stockUnreadable', 'priceUnreadable', 'ambiguous'] as const;
export type FileFinding = (typeof fileFindings)[number];

export const fileFindingSchema = z.object({
  finding: z.enum(fileFindings),
  rows: z.number().int(),
  /** The first of them, as a spreadsheet counts rows, with what stands there. */
  row: z.number().int(),
  value: z.string(),
});

/** What the file holds under a mapping, before a plan is made. */
export const fileCheckSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    products: z.number().int(),
    findings: z.array(fileFindingSchema),
  }),
  z.object({ kind: z.literal('mappingIncomplete'), fields: z.record(z.string(), z.string()) }),
]);
export type FileCheck = z.infer<typeof fileCheckSchema>;

export const planFileSchema = z.object({ fileId: z.string(), choice: updateChoiceSchema });

/** The file to upload: the changed products alone, or all of them. */
export const uploadRows = ['changed', 'all'] as const;
export type UploadRows = (typeof uploadRows)[number];
export const saveUploadSchema = z.object({
  id: z.number().int(),
  rows: z.enum(uploadRows),
  format: z.enum(tableFormats),
});
