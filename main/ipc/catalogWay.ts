import type { CatalogWay } from '../../contract/catalogView';

export interface CatalogWayChoice {
  get(): CatalogWay;
  hasApi(): boolean;
  set(way: CatalogWay): void;
}

/** Which of the two ways into the store the window shows: its API where there is one, unless a person chose otherwise. */
export function createCatalogWay(hasApi: () => boolean, changed: () => void): CatalogWayChoice {
  let chosen: CatalogWay = 'api';
  return {
    get: () => (hasApi() ? chosen : 'file'),
    hasApi,
    set(way) {
      chosen = way;
      changed();
    },
  };
}
