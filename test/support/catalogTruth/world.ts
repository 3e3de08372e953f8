import type { Sandbox } from '../../../sandbox';
import type { Random } from '../../../sandbox/seed/random';
import type { StoreProduct } from '../../../sandbox/store/order';

/** What a crooked world is made of: everything that a real house has got wrong, somewhere. */
export interface CrookedWorld {
  skus: readonly string[];
  books: readonly string[];
  places: readonly string[];
}

export const companies = ['Uno S.A.', 'Dos S.R.L.'] as const;
export const priceLists = ['interior', 'mayorista'] as const;
export const bookNames = ['Lista Norte', 'Lista "Sur", con coma', "Lista d'Este"] as const;

/** Fills an empty sandbox with products that are wrong in every way that the rules speak of. */
export function buildCrookedWorld(sandbox: Sandbox, dice: Random, products: number): CrookedWorld {
  const { core } = sandbox.org;
  const insert = (object: string, values: Record<string, string | number | null>): string =>
    core.records.insert(core.table(object), values);
  const standard = String(core.db.get('SELECT "Id" FROM "Pricebook2" WHERE "IsStandard" = 1')?.['Id']);
  const [north, south, east] = bookNames.map((Name) => insert('Pricebook2', { Name, IsActive: 1 }));
  const books = [standard, north ?? '', south ?? '', east ?? ''];
  const place = (Name: string, company: string | null, book: string | null, forSale = 1): string =>
    insert('Location', {
      Name,
      LocationType: 'Warehouse',
      IsInventoryLocation: forSale,
      ExternalReference: Name.toUpperCase(),
      Puente_Company__c: company,
      Puente_Pricebook__c: book,
    });
  const places = [
    place('Norte', companies[0], north ?? null),
    place('Sur', companies[1], null),
    place('Este', null, north ?? null),
    place('Camioneta', companies[0], null, 0),
  ];
  const skus = Array.from({ length: products }, (_unused, index) => skuOf(dice, index));
  const world = { skus, books, places };
  core.db.atomic(() => {
    for (const sku of skus) {
      const twins = dice.chance(0.08) ? dice.int(2, 3) : dice.chance(0.9) ? 1 : 0;
      for (let twin = 0; twin < twins; twin += 1) addProduct(sandbox, world, dice, sku);
    }
  });
  const { store } = sandbox;
  store.core.catalogue.setLists(priceLists.map((id) => ({ id, name: `Lista ${id}` })));
  store.core.putProducts(
    skus.filter(() => dice.chance(0.93)).map((sku) => storeProduct(dice, otherWriting(dice, sku))),
  );
  return world;
}

/** A product of the org with its prices and stock, each of them missing or odd now and then. */
export function addProduct(
  sandbox: Sandbox,
  { books, places }: Pick<CrookedWorld, 'books' | 'places'>,
  dice: Random,
  sku: string,
): void {
  const { core } = sandbox.org;
  const id = core.records.insert(core.table('Product2'), {
    Name: `Producto ${sku} 🧉`.slice(0, 255),
    ProductCode: sku,
    StockKeepingUnit: sku,
    IsActive: dice.chance(0.9) ? 1 : 0,
    Puente_Company__c: dice.pick([companies[0], companies[0], companies[1], null]),
  });
  for (const book of books) {
    if (dice.chance(0.15)) continue;
    core.records.insert(core.table('PricebookEntry'), {
      Pricebook2Id: book,
      Product2Id: id,
      UnitPrice: priceCents(dice),
      IsActive: dice.chance(0.92) ? 1 : 0,
    });
  }
  for (const location of places) {
    const rows = dice.chance(0.2) ? 0 : dice.chance(0.2) ? dice.int(2, 3) : 1;
    for (let row = 0; row < rows; row += 1) addStock(sandbox, id, location, quantityHundredths(dice));
  }
}

export function addStock(sandbox: Sandbox, product: string, location: string, hundredths: number): void {
  const { core } = sandbox.org;
  core.records.insert(core.table('ProductItem'), {
    Product2Id: product,
    LocationId: location,
    QuantityOnHand: hundredths,
    QuantityUnitOfMeasure: 'Each',
  });
}

export function priceCents(dice: Random): number {
  if (dice.chance(0.06)) return 0;
  if (dice.chance(0.03)) return -dice.int(1, 5_000);
  return dice.chance(0.1) ? dice.int(1, 60) : dice.int(100, 9_999_999);
}

export function quantityHundredths(dice: Random): number {
  if (dice.chance(0.08)) return -100 * dice.int(1, 20);
  if (dice.chance(0.1)) return dice.int(-300, 5_000);
  return dice.chance(0.1) ? 0 : 100 * dice.int(1, 400);
}

export function storeProduct(dice: Random, sku: string): Omit<StoreProduct, 'updatedAt'> {
  const lists = priceLists.filter(() => dice.chance(0.6));
  return {
    sku,
    name: dice.chance(0.1) ? '' : `Artículo ${sku}`.slice(0, 200),
    stock: String(dice.int(0, 300)),
    price: (dice.int(0, 500_000) / 100).toFixed(2),
    prices: Object.fromEntries(lists.map((list) => [list, (dice.int(1, 500_000) / 100).toFixed(2)])),
    active: true,
  };
}

/** Ways to write a SKU, those among them that addresses, queries, CSV and people stumble over. */
function skuOf(dice: Random, index: number): string {
  const number = String(index + 1);
  return dice.pick([
    `COD-${number}`,
    `cod-${number}`,
    number.padStart(8, '0'),
    `A B ${number}`,
    `d'Or-${number}`,
    `"${number}", 50%`,
    `a/b?c#${number}&x=1`,
    `Ñandú_${number}`,
    `🧉${number}`,
    `\\${number}_%`,
    `${number}`.padEnd(180, 'x'),
    `batch${number}`,
  ]);
}

/** Mostly the same; else as people and spreadsheets spoil it. */
function otherWriting(dice: Random, sku: string): string {
  if (!dice.chance(0.08)) return sku;
  return dice.pick([` ${sku}`, `${sku} `, sku.toLowerCase(), sku.toUpperCase(), `00${sku}`, `nada-${sku}`]);
}
