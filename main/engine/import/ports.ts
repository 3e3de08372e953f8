import type { ImportMapping } from '../../../contract/import';
import type { Order } from '../../../contract/order';

/*
 * What the import asks of the rest of the program. Storage implements both.
 */

export interface Intake {
  /** Those of the given store order numbers that the outbox already holds, from whatever source. */
  knownNumbers(numbers: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Takes in all these orders in one transaction, or none of them. An order whose number came to be known
   * meanwhile is passed over and counted.
   */
  importOrders(
    orders: readonly Order[],
    fileName: string,
  ): Promise<{ imported: number; alreadyKnown: number }>;
}

/** The mappings that people have set up, by the shape of the file they were set up for. */
export interface Mappings {
  get(shape: string): Promise<ImportMapping | null>;
  set(shape: string, mapping: ImportMapping): Promise<void>;
}
