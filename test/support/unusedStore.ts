import { failed, problem } from '../../contract/problem';
import type { CatalogStore } from '../../main/engine/catalog/ports';

const unused = async () => failed(problem('app.unexpected'));

/** A store that nobody is to ask. */
export const unusedStore: CatalogStore = {
  mostItems: 10,
  priceLists: unused,
  currency: unused,
  read: unused,
  product: unused,
  write: unused,
};
