import { randomUUID } from 'node:crypto';
import type { CatalogFile, CatalogMapping, FileCheck, TableFormat } from '../../../contract/catalogFile';
import type { PriceRules } from '../../../contract/catalogRules';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import type { StoreProduct } from '../../engine/catalog/compare';
import {
  adoptCatalogMapping,
  markEvidence,
  suggestCatalogMapping,
  validateCatalogMapping,
} from '../../engine/catalog/file/mapping';
import type { CatalogMappings, OpenCatalog } from '../../engine/catalog/file/ports';
import {
  checkProducts,
  type ProductReader,
  productReader,
  productsOf,
} from '../../engine/catalog/file/products';
import { keptCell, uploadRowsOf } from '../../engine/catalog/file/upload';
import type { CatalogStore } from '../../engine/catalog/ports';
import type { CsvForm, XlsxForm } from '../../engine/export/outTable';
import type { MarkEvidence } from '../../engine/import/amount';
import { cellText } from '../../engine/import/table';
import { isUnchanged } from './fileBytes';
import { createPacer } from './pacer';
import { readTable, type Table } from './readTable';

export interface OpenCatalogDeps {
  mappings: CatalogMappings;
  /** Price lists of the rules, to be found among the columns. */
  lists: () => PriceRules['lists'];
}

interface Opened {
  path: string;
  table: Table;
  view: CatalogFile;
  /** What the last check has settled. */
  checked: { mapping: CatalogMapping; evidence: MarkEvidence; reader: ProductReader } | null;
}

const never = (): AbortSignal => new AbortController().signal;

/** A catalogue that a person exported from the store, in place of the store's API. */
export function createOpenCatalog({ mappings, lists }: OpenCatalogDeps): OpenCatalog {
  let opened: Opened | null = null;
  const notOpen = () => failed(problem('file.notOpen'));

  async function open(path: string): Promise<Result<CatalogFile>> {
    const read = await readTable(path, never(), 'stored');
    if (!read.ok) return read;
    const table = read.value;
    const pause = createPacer();
    const known = await mappings.get(table.shape);
    const mapping =
      known === null
        ? await suggestCatalogMapping(table, lists(), pause)
        : await adoptCatalogMapping(known, table, pause);
    const view = viewOf(table, mapping, known !== null);
    opened = { path, table, view, checked: null };
    return ok(view);
  }

  async function check(fileId: string, draft: CatalogMapping): Promise<Result<FileCheck>> {
    const file = opened;
    if (file === null || file.view.fileId !== fileId) return notOpen();
    file.checked = null;
    const valid = validateCatalogMapping(draft, file.table.columns);
    if (!valid.ok) return ok({ kind: 'mappingIncomplete', fields: valid.fields });
    const pause = createPacer();
    if (!(await isUnchanged(file.path, file.table.stamp, pause))) return failed(changed(file));
    const { mapping } = valid;
    const evidence = await markEvidence(file.table, mapping, pause);
    const reader = productReader(file.table, mapping, evidence);
    const answer = await checkProducts(file.table, reader, pause);
    if (answer.kind !== 'ready') return ok(answer);
    await mappings.set(file.table.shape, mapping);
    file.checked = { mapping, evidence, reader };
    file.view = { ...file.view, mapping, remembered: true };
    return ok(answer);
  }

  const checkedFile = () =>
    opened?.checked == null ? null : { table: opened.table, file: opened, ...opened.checked };

  const store: CatalogStore = {
    file: () => (opened?.checked == null ? null : opened.view.name),
    mostItems: 200,

    async currency() {
      const file = checkedFile();
      return file === null ? notOpen() : ok(file.mapping.currency);
    },

    async priceLists() {
      const file = checkedFile();
      return file === null
        ? notOpen()
        : ok(file.mapping.lists.map(({ column }) => ({ id: column, name: column })));
    },

    async read({ take, onTotal, signal }) {
      const file = checkedFile();
      if (file === null) return notOpen();
      const pause = createPacer(signal);
      if (!(await isUnchanged(file.file.path, file.table.stamp, pause))) return failed(changed(file.file));
      onTotal(file.table.rows.length);
      let rows = 0;
      for await (const products of productsOf(file.table, file.reader, pause)) {
        await take(products);
        rows += products.length;
      }
      // A file tells nothing of what changed since: it is always read whole.
      return ok({ rows, mark: null });
    },

    async product(sku, signal) {
      const file = checkedFile();
      if (file === null) return notOpen();
      return ok(await find(sku, file.table, file.reader, signal));
    },

    write: async () => failed(problem('catalog.notPlanned')),
  };

  return {
    store,
    open,
    check,
    view: () => opened?.view ?? null,
    mapping: (fileId) => (opened?.view.fileId === fileId ? (opened.checked?.mapping ?? null) : null),
    lists: () =>
      (opened?.checked?.mapping.lists ?? []).map(({ column, priceBook }) => ({ list: column, priceBook })),
    async upload({ rows, format, changesOf }) {
      const file = checkedFile();
      if (file === null) return notOpen();
      const { table, mapping, evidence, reader } = file;
      const asNumbers = format === 'xlsx' && table.format === 'csv';
      const keep = keptCell(mapping, reader.places, evidence, asNumbers);
      return ok({
        table: {
          headings: table.headings,
          ...(rows === 'all' ? { total: table.rows.length } : {}),
          rows: uploadRowsOf(table, { reader, rows, changesOf, keep, pause: createPacer() }),
        },
        form: formOf(table, mapping, format),
      });
    },
    close() {
      opened = null;
    },
  };
}

/** As the file was written, since the store's own import takes that; what it does not tell is what Excel expects. */
function formOf(table: Table, { decimalMark }: CatalogMapping, format: TableFormat): CsvForm | XlsxForm {
  if (format === 'xlsx') return { kind: 'xlsx', sheet: table.name.replace(/\.[^.]*$/, '') };
  const isText = table.format === 'csv';
  return {
    kind: 'csv',
    delimiter: isText ? table.delimiter : decimalMark === ',' ? ';' : ',',
    decimalMark,
    encoding: isText ? table.encoding : 'UTF-8',
    marked: isText ? table.marked : true,
    guarded: false,
  };
}

async function find(
  sku: string,
  table: Table,
  reader: ProductReader,
  signal: AbortSignal,
): Promise<StoreProduct | null> {
  const pause = createPacer(signal);
  for (const [index, row] of table.rows.entries()) {
    if (index % 500 === 0) await pause();
    if (cellText(row.cells[reader.places.sku]) === sku) return reader.read(row);
  }
  return null;
}

const sampleRows = 8;

function viewOf(table: Table, mapping: CatalogMapping, remembered: boolean): CatalogFile {
  const { name, format, encoding, delimiter, columns, rows } = table;
  return {
    fileId: randomUUID(),
    name,
    format,
    encoding,
    delimiter,
    columns: [...columns],
    sample: rows
      .slice(0, sampleRows)
      .map((row) => columns.map((_, position) => cellText(row.cells[position]))),
    rowCount: rows.length,
    mapping,
    remembered,
  };
}

const changed = ({ table }: Opened) => problem('file.changed', { name: table.name });
