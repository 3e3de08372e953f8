import type {
  CatalogFile,
  CatalogMapping,
  CatalogMappingDraft,
  FileCheck,
  TableFormat,
  UploadRows,
} from '../../../../contract/catalogFile';
import type { PriceRules } from '../../../../contract/catalogRules';
import type { Result } from '../../../../contract/problem';
import type { CsvForm, OutTable, XlsxForm } from '../../export/outTable';
import type { CatalogStore } from '../ports';
import type { UploadOptions } from './upload';

/** The mappings that people have set up, by the shape of the file they were set up for. */
export interface CatalogMappings {
  get(shape: string): Promise<CatalogMapping | null>;
  set(shape: string, mapping: CatalogMapping): Promise<void>;
}

/** The store's catalogue in a file: one at a time, opened, read under a mapping, and written anew with other values. */
export interface OpenCatalog {
  /** Null when none is open. */
  view(): CatalogFile | null;
  /** Reads the file and proposes a mapping. The one that was open is closed when this one can be read. */
  open(path: string): Promise<Result<CatalogFile>>;
  /** What the file holds under this mapping, which counts from then on and is remembered. */
  check(fileId: string, draft: CatalogMappingDraft): Promise<Result<FileCheck>>;
  /** The mapping that was last checked; null when there is none, or the file is another one. */
  mapping(fileId: string): CatalogMapping | null;
  /** The price lists that the file has columns for, each with the price book that feeds it. */
  lists(): PriceRules['lists'];
  /** The file anew, with these changes in it, in the form in which it was opened where the format is the same. */
  upload(wish: {
    rows: UploadRows;
    format: TableFormat;
    changesOf: UploadOptions['changesOf'];
  }): Promise<Result<{ table: OutTable; form: CsvForm | XlsxForm }>>;
  close(): void;
  /** What updates need of a store. */
  readonly store: CatalogStore;
}
