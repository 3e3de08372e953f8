import { failed, ok, problem, type Result } from '../../contract/problem';
import type { Comparisons } from '../engine/catalog/sides/comparisons';
import type { SideBySide } from '../engine/catalog/sides/sideBySide';
import type { Handlers } from './handlers';

interface SidesDesk {
  comparisons: Comparisons;
  sides: SideBySide;
}

export interface CatalogSidesDeps {
  /** Null where there is no store to compare with, or before a mode has been chosen. */
  catalog: () => SidesDesk | null;
}

type Names = Extract<keyof Handlers, `catalogSides.${string}`>;

/** Both sides next to each other: looked at, and read anew. */
export function catalogSidesHandlers({ catalog }: CatalogSidesDeps): Pick<Handlers, Names> {
  async function onDesk<T>(work: (desk: SidesDesk) => Promise<Result<T>> | Result<T>): Promise<Result<T>> {
    const desk = catalog();
    return desk === null ? failed(problem('settings.incomplete')) : work(desk);
  }

  return {
    'catalogSides.get': () =>
      onDesk(async ({ comparisons, sides }) => ok({ ...comparisons.current(), ...(await sides.view()) })),
    'catalogSides.compare': (choice) => onDesk(({ comparisons }) => comparisons.begin(choice)),
    'catalogSides.cancel': () =>
      onDesk(async ({ comparisons }) => {
        await comparisons.cancel();
        return ok(undefined);
      }),
    'catalogSides.rows': (query) => onDesk(async ({ sides }) => ok(await sides.page(query))),
  };
}
