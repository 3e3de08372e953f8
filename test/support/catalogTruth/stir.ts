import type { Sandbox } from '../../../sandbox';
import type { Random } from '../../../sandbox/seed/random';
import {
  addProduct,
  addStock,
  type CrookedWorld,
  companies,
  priceCents,
  quantityHundredths,
  storeProduct,
} from './world';

/** Changes the org here and there, in each way that an org changes in. */
export function stirOrg(sandbox: Sandbox, world: CrookedWorld, dice: Random): void {
  const { core } = sandbox.org;
  const each = (
    object: string,
    share: number,
    change: (id: string) => Record<string, string | number | null>,
  ) => {
    for (const row of core.db.all(`SELECT "Id" FROM "${object}" WHERE "IsDeleted" = 0`))
      if (dice.chance(share))
        core.records.update({ name: object }, String(row['Id']), change(String(row['Id'])));
  };
  core.db.atomic(() => {
    each('PricebookEntry', 0.05, () =>
      dice.chance(0.2) ? { IsActive: dice.int(0, 1) } : { UnitPrice: priceCents(dice) },
    );
    each('PricebookEntry', 0.02, () => ({ IsDeleted: 1 }));
    for (const row of core.db.all('SELECT * FROM "PricebookEntry" WHERE "IsDeleted" = 0'))
      if (dice.chance(0.03)) reenter(sandbox, row, dice);
    each('ProductItem', 0.08, () => ({ QuantityOnHand: quantityHundredths(dice) }));
    each('ProductItem', 0.03, () => ({ IsDeleted: 1 }));
    // Salesforce's own rows stay where they are; those of a custom object may move.
    each('ProductItem', 0.03, () => ({ LocationId: dice.pick(places(world)) }));
    each('Product2', 0.03, () => ({ IsActive: dice.int(0, 1) }));
    each('Product2', 0.02, () => ({ Puente_Company__c: dice.pick([companies[0], companies[1], null]) }));
    each('Product2', 0.02, (id) => ({ StockKeepingUnit: `otro-${id}` }));
    each('Product2', 0.02, () => ({ StockKeepingUnit: null }));
    each('Product2', 0.02, () => ({ IsDeleted: 1 }));
    for (const sku of world.skus) if (dice.chance(0.03)) addProduct(sandbox, world, dice, sku);
    for (const { Id } of core.db.all('SELECT "Id" FROM "Product2" WHERE "IsDeleted" = 0'))
      if (dice.chance(0.03))
        addStock(sandbox, String(Id), dice.pick(places(world)), quantityHundredths(dice));
  });
}

/** Gives stock rows to other products, as those of a custom object may be. */
export function stirOwners({ org: { core } }: Sandbox, dice: Random): void {
  const products = core.db
    .all('SELECT "Id" FROM "Product2" WHERE "IsDeleted" = 0')
    .map(({ Id }) => String(Id));
  for (const row of core.db.all('SELECT "Id" FROM "ProductItem" WHERE "IsDeleted" = 0'))
    if (dice.chance(0.05))
      core.records.update({ name: 'ProductItem' }, String(row['Id']), {
        Product2Id: products[dice.int(0, products.length - 1)] ?? null,
      });
}

/** Changes what warehouses sell, for whom, and at which prices. Their stock rows do not change with that. */
export function stirPlaces(
  { org: { core } }: Sandbox,
  { places: all, books }: CrookedWorld,
  dice: Random,
): void {
  for (const id of all) {
    core.records.update(core.table('Location'), id, {
      IsInventoryLocation: dice.int(0, 1),
      Puente_Company__c: dice.pick([companies[0], companies[1], null]),
      Puente_Pricebook__c: dice.pick([books[1] ?? null, books[2] ?? null, null]),
    });
  }
}

/** Changes the store here and there; answers which products. */
export function stirStore(sandbox: Sandbox, dice: Random, share = 0.1): Set<string> {
  const { core } = sandbox.store;
  const changed = core.catalogue
    .products('', 1_000_000)
    .filter(() => dice.chance(share))
    .map((product) => {
      const fresh = storeProduct(dice, product.sku);
      return dice.pick([fresh, { ...product, stock: fresh.stock }, { ...product, price: fresh.price }]);
    });
  core.putProducts(changed);
  return new Set(changed.map(({ sku }) => sku));
}

function places({ places: all }: CrookedWorld): [string, ...string[]] {
  const [first = '', ...others] = all;
  return [first, ...others];
}

/** A price that was deleted and entered anew, the deleted one with the later number. */
function reenter(
  { org: { core } }: Sandbox,
  row: Record<string, string | number | null>,
  dice: Random,
): void {
  const entry = core.table('PricebookEntry');
  core.records.update(entry, String(row['Id']), { UnitPrice: priceCents(dice) });
  const { Pricebook2Id = null, Product2Id = null } = row;
  core.records.insert(entry, { Pricebook2Id, Product2Id, UnitPrice: 100, IsActive: 1, IsDeleted: 1 });
}
