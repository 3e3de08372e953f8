import { failed, ok, problem, type Result } from '../../contract/problem';
import type { Comparisons } from '../engine/catalog/sides/comparisons';
import type { OrgNames } from '../engine/catalog/sides/orgNames';
import type { SideBySide } from '../engine/catalog/sides/sideBySide';
import { sidesTable } from '../engine/catalog/sides/sidesTable';
import { dayAndTime } from '../engine/export/dayAndTime';
import { saveTable, type TableSaver } from '../engine/export/saveTable';
import type { Translate } from '../engine/ports';
import type { Handlers } from './handlers';

interface SidesDesk {
  comparisons: Comparisons;
  sides: SideBySide;
  orgNames: OrgNames;
}

export interface CatalogSidesDeps {
  /** Null where there is no store to compare with, or before a mode has been chosen. */
  catalog: () => SidesDesk | null;
  saver: TableSaver;
  t: () => Translate;
}

type Names = Extract<keyof Handlers, `catalogSides.${string}`>;

/** Both sides next to each other: looked at, read anew, and saved as a report. */
export function catalogSidesHandlers({ catalog, saver, t }: CatalogSidesDeps): Pick<Handlers, Names> {
  async function onDesk<T>(work: (desk: SidesDesk) => Promise<Result<T>> | Result<T>): Promise<Result<T>> {
    const desk = catalog();
    return desk === null ? failed(problem('settings.incomplete')) : work(desk);
  }

  return {
    'catalogSides.get': () =>
      onDesk(async ({ comparisons, sides }) => {
        const view = await sides.view();
        return ok({ ...comparisons.current(view.compared?.readAt ?? null), ...view });
      }),
    'catalogSides.compare': (choice) => onDesk(({ comparisons }) => comparisons.begin(choice)),
    'catalogSides.cancel': () =>
      onDesk(async ({ comparisons }) => {
        await comparisons.cancel();
        return ok(undefined);
      }),
    'catalogSides.export': ({ format, ...filter }) =>
      onDesk(async ({ sides }) => {
        const { compared } = await sides.view();
        if (compared === null) return failed(problem('app.notFound'));
        const translate = t();
        const place = compared.warehouse ?? translate('catalog.scope.general');
        return saveTable(saver, sidesTable(sides.rows(filter), translate, saver.decimalMark()), {
          title: translate('catalogSides.exportTitle', { place, at: dayAndTime(compared.readAt) }),
          format,
        });
      }),
    'catalogSides.names': ({ skus }) =>
      onDesk(async ({ orgNames }) => ok({ names: await orgNames.of(skus) })),
    'catalogSides.rows': (query) => onDesk(async ({ sides }) => ok(await sides.page(query))),
  };
}
