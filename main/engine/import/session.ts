import type {
  ImportFile,
  ImportMappingDraft,
  ImportOrder,
  ImportPreview,
  ImportResult,
} from '../../../contract/import';
import type { Result } from '../../../contract/problem';
import type { FileProduct } from './products';

export interface OrdersPage {
  orders: ImportOrder[];
  /** All that match, beyond the page too. */
  total: number;
}

/**
 * Files on their way in: opened, previewed under a mapping as often as a person likes, then imported as
 * previewed. Files are named by ids that tell nothing of their paths. Every answer is a Result; `app.notFound`
 * is an id that is not open.
 */
export interface ImportSession {
  /** Reads the file and proposes a mapping: the remembered one for its shape, else a guess. */
  open(path: string, signal?: AbortSignal): Promise<Result<ImportFile>>;
  /** A preview that a newer one overtakes answers with the newer one's result. */
  preview(fileId: string, draft: ImportMappingDraft): Promise<Result<ImportPreview>>;
  orders(
    fileId: string,
    page: { verdict: ImportOrder['verdict'] | 'all'; offset: number; limit: number },
  ): Result<OrdersPage>;
  /**
   * Imports what the last preview said, all of it or nothing, and remembers the mapping. `file.changed` if
   * the file is no longer what was read, `file.mappingIncomplete` if no preview stands.
   */
  run(fileId: string): Promise<Result<ImportResult>>;
  /** The products of the orders that the last preview would import. */
  products(fileId: string): Promise<Result<FileProduct[]>>;
  close(fileId: string): void;
  closeAll(): void;
}
