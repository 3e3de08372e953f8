import type { ImportMapping } from '../../contract/import';
import type { Cell, Pause, TableContent } from '../../main/engine/import/table';

/** A table as a reader would give it, the header in row 1 and the rows below it without gaps. */
export function tableOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): TableContent {
  return { columns, rows: rows.map((cells, index) => ({ number: index + 2, cells })) };
}

export const noPause: Pause = async () => {};

/** A mapping whose columns are named like the fields, for an Argentine store that writes decimal commas. */
export function mappingOf(over: Partial<ImportMapping> = {}): ImportMapping {
  return {
    columns: {
      orderNumber: 'number',
      date: 'date',
      sku: 'sku',
      quantity: 'quantity',
      unitPrice: 'price',
      buyerTaxId: 'taxId',
    },
    dateOrder: 'dmy',
    decimalMark: ',',
    currency: 'ARS',
    timeZone: 'America/Argentina/Buenos_Aires',
    taxIdKind: 'any',
    buyerNamePattern: 'Cliente {taxId}',
    cancellationPrefix: '',
    serviceCodes: [],
    serviceLines: 'asLines',
    ...over,
  };
}

/** The columns of `mappingOf`, in order. */
export const mappedColumns = ['number', 'date', 'sku', 'quantity', 'price', 'taxId'] as const;
