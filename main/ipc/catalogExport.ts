import { failed, problem } from '../../contract/problem';
import type { RunBook } from '../engine/catalog/ports';
import { rowsTable } from '../engine/catalog/rowsTable';
import { dayAndTime } from '../engine/export/dayAndTime';
import { saveTable, type TableSaver } from '../engine/export/saveTable';
import type { Translate } from '../engine/ports';
import type { Handlers } from './handlers';

export interface CatalogExportDeps {
  /** Null before a mode has been chosen. */
  catalog: () => { runs: RunBook } | null;
  saver: TableSaver;
  t: () => Translate;
}

/** A run's rows out as a table. */
export function catalogExportHandlers({
  catalog,
  saver,
  t,
}: CatalogExportDeps): Pick<Handlers, 'catalogFile.exportRows'> {
  return {
    'catalogFile.exportRows': async ({ id, filter, search, format }) => {
      const runs = catalog()?.runs;
      const run = await runs?.get(id);
      if (runs === undefined || run === null || run === undefined) return failed(problem('app.notFound'));
      const translate = t();
      const table = rowsTable(runs.walk(id, { filter, search }), translate, saver.decimalMark());
      const isWhole = filter === 'all' && search.trim() === '';
      const total = isWhole ? { total: sum(Object.values(await runs.countRows(id))) } : {};
      return saveTable(
        saver,
        { ...table, ...total },
        {
          title: translate('catalogFile.exportTitle', { at: dayAndTime(run.startedAt) }),
          format,
        },
      );
    },
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
