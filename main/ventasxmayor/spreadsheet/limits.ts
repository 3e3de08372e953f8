/**
 * What a file of orders may be. Each is far above what a month of a wholesaler's orders takes, and low
 * enough that a mistaken or hostile file cannot exhaust the program's memory.
 */
export const limits = {
  bytes: 100 * 1024 * 1024,
  rows: 500_000,
  columns: 200,
  /** Characters of one cell: what a spreadsheet itself allows. */
  cell: 32_767,
  /** Bytes of one XLSX file's parts once unpacked, against archives that unpack to far more than they are. */
  unpackedBytes: 1024 * 1024 * 1024,
  /** Characters of an XLSX file's shared texts, all together. */
  sharedText: 200 * 1024 * 1024,
} as const;

export type Limit = keyof typeof limits;
