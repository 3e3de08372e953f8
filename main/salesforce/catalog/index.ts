import type { Result } from '../../../contract/problem';
import type { CatalogOrg } from '../../engine/catalog/ports';
import type { Clock } from '../../engine/ports';
import type { OrgCurrency } from '../orgCurrency';
import type { Profile } from '../profile';
import type { Caller } from '../query';
import type { Session } from '../session/session';
import { readChoices } from './choices';
import { lookUpNames, lookUpSku, searchProducts } from './oneSku';
import type { RowReader } from './rawQuery';
import { readRows } from './readRows';
import { findScope } from './scope';
import { priceSource, productSource, stockSource } from './sources';

export interface CatalogOrgOptions {
  session: Session;
  /** Gathers queries that are asked for at the same time into one call. */
  lookUps: Caller;
  profile: Profile;
  currencyOf: (signal: AbortSignal) => Promise<Result<OrgCurrency>>;
  clock: Pick<Clock, 'sleep'>;
}

/** The org's side of stock and prices. */
export function createCatalogOrg(options: CatalogOrgOptions): CatalogOrg {
  const { lookUps, profile } = options;
  const reader: RowReader = options;
  return {
    choices: (signal) => readChoices(lookUps, profile, signal),
    findScope: (wish, signal) => findScope({ ...options, session: lookUps }, wish, signal),
    readProducts: (request) => readRows(reader, productSource(profile), request),
    readPrices: (scope, priceBookId, request) =>
      readRows(reader, priceSource(profile, scope, priceBookId), request),
    readStock: (scope, request) => readRows(reader, stockSource(profile, scope), request),
    lookUpSku: (sku, scope, signal) => lookUpSku(lookUps, profile, scope, sku, signal),
    namesOf: (skus, signal) => lookUpNames(lookUps, profile, skus, signal),
    search: (text, limit, signal) => searchProducts(lookUps, profile, text, limit, signal),
  };
}
