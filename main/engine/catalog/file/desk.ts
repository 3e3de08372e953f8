import type { Run, UpdateChoice } from '../../../../contract/catalog';
import type {
  CatalogFile,
  CatalogMapping,
  CatalogMappingDraft,
  FileCheck,
  SavedFile,
  TableFormat,
  UploadRows,
} from '../../../../contract/catalogFile';
import { failed, ok, problem, type Result } from '../../../../contract/problem';
import { saveTable, type TableSaver } from '../../export/saveTable';
import { writeOf } from '../applier';
import type { RunBook } from '../ports';
import type { Updates } from '../updates';
import type { OpenCatalog } from './ports';

interface UploadWish {
  rows: UploadRows;
  format: TableFormat;
}

interface FileDeskDeps {
  catalog: OpenCatalog;
  updates: Updates;
  runs: RunBook;
}

/**
 * Updates for a store without an API: a plan is made against the store's own file, saved as a file to upload, and counts
 * as written when a person says that it was uploaded.
 */
export function createFileDesk({ catalog, updates, runs }: FileDeskDeps) {
  /** What is planned against a file that is about to be closed could never be saved. */
  async function giveUpPlan(): Promise<Result<void>> {
    const run = updates.current();
    const state = run?.status.state;
    if (run === null || state === 'done' || state === 'cancelled' || state === 'failed' || state === 'saved')
      return ok(undefined);
    return state === 'planned' ? updates.cancel(run.id) : failed(problem('catalog.busy'));
  }

  async function saveChanges(
    id: number,
    { rows, format, title }: UploadWish & { title: string },
    saver: TableSaver,
  ): Promise<Result<SavedFile | null>> {
    const waiting = runs.waitingRows(id);
    try {
      const upload = await catalog.upload({
        rows,
        format,
        changesOf: async (skus) => new Map((await waiting.of(skus)).map((row) => [row.sku, writeOf(row)])),
      });
      if (!upload.ok) return upload;
      const { table, form } = upload.value;
      const total = rows === 'all' ? {} : { total: (await runs.countRows(id)).pending };
      return await saveTable(saver, { ...table, ...total }, { title, format, form });
    } finally {
      waiting.close();
    }
  }

  /** Runs up to this one were planned against another file, or under another mapping. */
  let earlierRuns = 0;

  async function begin(): Promise<Result<void>> {
    const room = await giveUpPlan();
    if (room.ok) earlierRuns = updates.current()?.id ?? 0;
    return room;
  }

  return {
    view: catalog.view,

    async open(path: string): Promise<Result<CatalogFile>> {
      const room = await begin();
      return room.ok ? catalog.open(path) : room;
    },

    async check(fileId: string, draft: CatalogMappingDraft): Promise<Result<FileCheck>> {
      const room = await begin();
      return room.ok ? catalog.check(fileId, draft) : room;
    },

    async plan(fileId: string, choice: UpdateChoice): Promise<Result<Run>> {
      const mapping = catalog.mapping(fileId);
      if (mapping === null) return failed(problem('file.mappingIncomplete'));
      const part = partOf(choice.part, mapping);
      return updates.begin({ ...choice, part }, { applyAtOnce: false, trigger: 'person' });
    },

    /** Saves a plan's changes as a file to upload; null when the person thinks better of it. */
    async save(
      id: number,
      wish: UploadWish,
      saver: TableSaver,
      titleOf: (file: string) => string,
    ): Promise<Result<SavedFile | null>> {
      const run = await runs.get(id);
      const file = catalog.view();
      if (run === null) return failed(problem('app.notFound'));
      if (file === null || id <= earlierRuns) return failed(problem('file.notOpen'));
      if (run.status.state !== 'planned' && run.status.state !== 'saved')
        return failed(problem('catalog.notPlanned'));
      const title = titleOf(withoutEnding(file.name));
      const saved = await saveChanges(id, { ...wish, title }, saver);
      if (!saved.ok || saved.value === null) return saved;
      const noted = await updates.saved(id, saved.value.name);
      return noted.ok ? saved : noted;
    },

    /** The store has taken the file: what is open is no longer what the store has. */
    async uploaded(id: number): Promise<Result<void>> {
      const noted = await updates.uploaded(id);
      if (noted.ok && updates.current()?.id === id) catalog.close();
      return noted;
    },

    async close(): Promise<Result<void>> {
      const room = await begin();
      if (room.ok) catalog.close();
      return room;
    },
  };
}

export type FileDesk = ReturnType<typeof createFileDesk>;

/** What the file has no column for is not planned. */
function partOf(part: UpdateChoice['part'], { columns, lists }: CatalogMapping): UpdateChoice['part'] {
  if (columns.stock === undefined) return 'prices';
  if (columns.price === undefined && lists.length === 0) return 'stock';
  return part;
}

const withoutEnding = (name: string): string => name.replace(/\.[^.]{1,5}$/, '');
