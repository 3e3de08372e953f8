import { randomUUID } from 'node:crypto';
import type {
  ImportFile,
  ImportMapping,
  ImportMappingDraft,
  ImportPreview,
  ImportResult,
} from '../../../contract/import';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import { adoptMapping, type MappingDefaults, suggestMapping } from '../../engine/import/mapping/suggest';
import { validateMapping } from '../../engine/import/mapping/validate';
import { type ImportPlan, planImport } from '../../engine/import/plan';
import type { Intake, Mappings } from '../../engine/import/ports';
import { productsOf } from '../../engine/import/products';
import type { ImportSession } from '../../engine/import/session';
import { cellText } from '../../engine/import/table';
import { isUnchanged } from './fileBytes';
import { createPacer } from './pacer';
import { readTable, type Table } from './readTable';

export interface ImportSessionDeps {
  intake: Intake;
  mappings: Mappings;
  /** Asked at every opening, because a person may change currency or language meanwhile. */
  defaults: () => MappingDefaults;
}

interface OpenFile {
  readonly path: string;
  readonly table: Table;
  /** The last preview that stands. */
  previewed: { plan: ImportPlan; mapping: ImportMapping } | null;
  /** The newest preview asked for, whether or not it has come to its end. */
  newest: { result: Promise<Result<ImportPreview>>; cancel: AbortController } | null;
  running: Promise<Result<ImportResult>> | null;
}

export function createImportSession({ intake, mappings, defaults }: ImportSessionDeps): ImportSession {
  const files = new Map<string, OpenFile>();
  const notOpen = () => failed(problem('app.notFound'));
  const noPreview = () => failed(problem('file.mappingIncomplete'));

  async function open(path: string, signal?: AbortSignal): Promise<Result<ImportFile>> {
    const read = await readTable(path, signal);
    if (!read.ok) return read;
    const table = read.value;
    const pause = createPacer(signal);
    const known = await mappings.get(table.shape);
    const mapping =
      known === null
        ? await suggestMapping(table, pause, defaults())
        : await adoptMapping(known, table, pause);
    const fileId = randomUUID();
    files.set(fileId, { path, table, previewed: null, newest: null, running: null });
    return ok(importFile(fileId, table, mapping, known !== null));
  }

  function preview(fileId: string, draft: ImportMappingDraft): Promise<Result<ImportPreview>> {
    const file = files.get(fileId);
    if (file === undefined) return Promise.resolve(notOpen());
    file.newest?.cancel.abort();
    const cancel = new AbortController();
    const result = makePreview(fileId, file, draft, cancel.signal).catch((error: unknown) => {
      if (!cancel.signal.aborted) throw error;
      const newer = file.newest?.cancel === cancel ? null : file.newest;
      return newer?.result ?? notOpen();
    });
    file.newest = { result, cancel };
    return result;
  }

  async function makePreview(
    fileId: string,
    file: OpenFile,
    draft: ImportMappingDraft,
    signal: AbortSignal,
  ): Promise<Result<ImportPreview>> {
    file.previewed = null;
    const checked = validateMapping(draft, file.table.columns);
    if (!checked.ok) return ok({ kind: 'mappingIncomplete', fields: checked.fields });
    const pause = createPacer(signal);
    if (!(await isUnchanged(file.path, file.table.stamp, pause))) {
      return ok({ kind: 'unreadable', problem: changed(file) });
    }
    const { mapping } = checked;
    const plan = await planImport(file.table, mapping, {
      knownNumbers: (numbers) => intake.knownNumbers(numbers),
      pause,
    });
    signal.throwIfAborted();
    file.previewed = { plan, mapping };
    return ok({ kind: 'ready', summary: { fileId, ...plan.summary } });
  }

  async function importPreviewed(file: OpenFile): Promise<Result<ImportResult>> {
    if (file.previewed === null) return noPreview();
    const { plan, mapping } = file.previewed;
    if (!(await isUnchanged(file.path, file.table.stamp, createPacer()))) return failed(changed(file));
    // First the mapping: should anything fail after it, no order has come in and nothing is lost.
    await mappings.set(file.table.shape, mapping);
    const orders = plan.orders.flatMap(({ order }) => order ?? []);
    const { imported, alreadyKnown } = await intake.importOrders(orders, file.table.name);
    return ok({
      imported,
      alreadyKnown: plan.summary.alreadyKnown + alreadyKnown,
      leftOut: plan.summary.leftOut,
    });
  }

  function close(fileId: string): void {
    const file = files.get(fileId);
    files.delete(fileId);
    if (file === undefined) return;
    file.newest?.cancel.abort();
    file.previewed = null;
  }

  return {
    open,
    preview,
    orders(fileId, { verdict, offset, limit }) {
      const file = files.get(fileId);
      if (file === undefined) return notOpen();
      if (file.previewed === null) return noPreview();
      const matching = file.previewed.plan.orders.filter(
        ({ view }) => verdict === 'all' || view.verdict === verdict,
      );
      const orders = matching.slice(offset, offset + limit).map(({ view }) => view);
      return ok({ orders, total: matching.length });
    },
    run(fileId) {
      const file = files.get(fileId);
      if (file === undefined) return Promise.resolve(notOpen());
      // A second click while the first import runs gets the first one's answer.
      file.running ??= importPreviewed(file).finally(() => {
        file.running = null;
      });
      return file.running;
    },
    async products(fileId) {
      const file = files.get(fileId);
      if (file === undefined) return notOpen();
      if (file.previewed === null) return noPreview();
      return ok(await productsOf(file.previewed.plan.orders, createPacer()));
    },
    close,
    closeAll() {
      for (const fileId of [...files.keys()]) close(fileId);
    },
  };
}

const sampleRows = 8;

function importFile(fileId: string, table: Table, mapping: ImportMapping, remembered: boolean): ImportFile {
  return {
    fileId,
    name: table.name,
    format: table.format,
    encoding: table.encoding,
    delimiter: table.delimiter,
    columns: [...table.columns],
    sample: table.rows
      .slice(0, sampleRows)
      .map((row) => table.columns.map((_, position) => cellText(row.cells[position]))),
    rowCount: table.rows.length,
    mapping,
    remembered,
  };
}

const changed = (file: OpenFile) => problem('file.changed', { name: file.table.name });
