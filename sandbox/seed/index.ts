import { setImmediate } from 'node:timers/promises';
import Big from 'big.js';
import type { OrgCore } from '../org/core';
import type { ValidationRule } from '../org/dml/context';
import type { StoreCore } from '../store/core';
import type { StoreProduct } from '../store/order';
import { makeBuyers, type SeedBuyer } from './buyers';
import { companies, makeCatalogue, type SeedProduct } from './catalogue';
import type { OrderWorld } from './orders';
import { createRandom, type Random, seedFor } from './random';

/** How large the sample house is. */
export interface SeedSize {
  products: number;
  buyers: number;
  /** Every warehouse keeps every product, not only its own company's. */
  stockEverywhere?: boolean;
}

export const demoSize: SeedSize = { products: 2000, buyers: 60 };

interface Warehouse {
  code: string;
  name: string;
  company: string;
  priceBook: string;
  /** Its prices against the standard list, in thousandths. */
  factor: number;
}

export const warehouses: readonly Warehouse[] = [
  {
    code: 'AVE',
    name: 'Depósito Avellaneda',
    company: companies.bazar,
    priceBook: 'Lista Mayorista AMBA',
    factor: 1000,
  },
  {
    code: 'COR',
    name: 'Depósito Córdoba',
    company: companies.bazar,
    priceBook: 'Lista Mayorista Interior',
    factor: 1045,
  },
  { code: 'FLO', name: 'Depósito Flores', company: companies.textil, priceBook: 'Lista Textil', factor: 980 },
  {
    code: 'ROS',
    name: 'Depósito Rosario',
    company: companies.bazar,
    priceBook: 'Lista Mayorista Interior',
    factor: 1045,
  },
  {
    code: 'MDP',
    name: 'Depósito Mar del Plata',
    company: companies.textil,
    priceBook: 'Lista Textil',
    factor: 980,
  },
];

/** The house's own rule: no orders from accounts that the collections department has blocked. */
export const blockedBuyerRule: ValidationRule = {
  object: 'Order',
  name: 'Cuenta_bloqueada',
  message:
    'La cuenta está bloqueada por Cobranzas: no se pueden cargar pedidos hasta que regularice su saldo.',
  refuses: (order, { records }) =>
    records.get({ name: 'Account' }, String(order['AccountId']))?.['Bloqueado__c'] === 1,
};

/** The sample house for a seed; the last three products are new in the store and unknown to the org. */
export function makeWorld(seed: number, size: SeedSize): OrderWorld {
  const all = makeCatalogue(seed, size.products + newInStore);
  return {
    seed,
    products: all.slice(0, size.products),
    notInOrg: all.slice(size.products),
    buyers: makeBuyers(seed, size.buyers),
  };
}

const newInStore = 3;

/**
 * Fills an empty org with the house: price books, warehouses, products with prices and stock, accounts. One
 * transaction; the event loop gets its turn in between, since this runs inside the program too.
 */
export async function seedOrg(org: OrgCore, world: OrderWorld, everywhere = false): Promise<void> {
  await org.db.fill(async () => {
    const writeProduct = productWriter(org, insertPlaces(org), everywhere);
    for (const [index, product] of world.products.entries()) {
      writeProduct(product, createRandom(seedFor(world.seed ^ 0x51ed270b, index)));
      if (index % productsAtOnce === productsAtOnce - 1) await setImmediate();
    }
    for (const { buyer, inOrg } of world.buyers) {
      if (inOrg !== 'unknown') insertAccount(org, buyer, inOrg === 'blocked');
    }
  });
}

/** About 10 ms of work. */
const productsAtOnce = 50;

/** Fills an empty store's catalogue: the org's products at last month's prices here and there, and the new ones. */
export function seedStore(store: StoreCore, world: OrderWorld): void {
  const products = [...world.products, ...world.notInOrg].map(
    (product, index): Omit<StoreProduct, 'updatedAt'> => {
      const random = createRandom(seedFor(world.seed ^ 0x2545f491, index));
      const stale = random.chance(0.12);
      const cents = stale ? Math.round(product.priceCents * 0.94) : product.priceCents;
      return {
        sku: product.sku,
        name: product.name,
        stock: String(stockOf(random)),
        price: new Big(cents).div(100).toFixed(2),
        active: !random.chance(0.02),
      };
    },
  );
  store.putProducts(products);
}

interface Place {
  warehouse: Warehouse;
  book: string;
  location: string;
}

/** Price books and warehouses; two warehouses may sell by the same book. */
function insertPlaces(org: OrgCore): Place[] {
  const books = new Map<string, string>();
  return warehouses.map((warehouse) => {
    const book =
      books.get(warehouse.priceBook) ??
      org.records.insert(org.table('Pricebook2'), { Name: warehouse.priceBook, IsActive: 1 });
    books.set(warehouse.priceBook, book);
    const location = org.records.insert(org.table('Location'), {
      Name: warehouse.name,
      LocationType: 'Warehouse',
      IsInventoryLocation: 1,
      ExternalReference: warehouse.code,
      Puente_Company__c: warehouse.company,
      Puente_Pricebook__c: book,
    });
    return { warehouse, book, location };
  });
}

/** Writes one product with its prices in every book and its stock in the warehouses that keep it. */
function productWriter(org: OrgCore, places: readonly Place[], everywhere: boolean) {
  const standard = org.db.get('SELECT "Id" FROM "Pricebook2" WHERE "IsStandard" = 1')?.['Id'] ?? null;
  const books = [...new Map(places.map(({ book, warehouse }) => [book, warehouse.factor]))];
  const insertProduct = org.records.inserter(org.table('Product2'), [
    'Name',
    'ProductCode',
    'StockKeepingUnit',
    'IsActive',
    'Puente_Company__c',
  ]);
  const insertEntry = org.records.inserter(org.table('PricebookEntry'), [
    'Name',
    'ProductCode',
    'Pricebook2Id',
    'Product2Id',
    'UnitPrice',
    'IsActive',
  ]);
  const insertItem = org.records.inserter(org.table('ProductItem'), [
    'Product2Id',
    'LocationId',
    'QuantityOnHand',
    'QuantityUnitOfMeasure',
  ]);
  return ({ sku, name, company, priceCents }: SeedProduct, random: Random): void => {
    const product = insertProduct(name, sku, sku, 1, company);
    insertEntry(name, sku, standard, product, priceCents, 1);
    for (const [book, factor] of books) {
      insertEntry(name, sku, book, product, Math.round((priceCents * factor) / 1000), 1);
    }
    for (const { warehouse, location } of places) {
      if (everywhere || warehouse.company === company) {
        insertItem(product, location, stockOf(random) * 100, 'Each');
      }
    }
  };
}

function insertAccount(org: OrgCore, buyer: SeedBuyer['buyer'], blocked: boolean): void {
  org.records.insert(org.table('Account'), {
    Name: buyer.businessName ?? buyer.contactName,
    Type: 'Customer - Direct',
    BillingStreet: buyer.address.street,
    BillingCity: buyer.address.city,
    BillingState: buyer.address.province,
    BillingPostalCode: buyer.address.postalCode,
    BillingCountry: buyer.address.country,
    Phone: buyer.phone,
    Puente_TaxId__c: buyer.taxId.replace(/-/g, ''),
    Puente_VatStatus__c: buyer.vatStatus,
    Puente_Email__c: buyer.email,
    Bloqueado__c: blocked ? 1 : 0,
  });
}

/** Mostly a good shelf, sometimes the last few, sometimes none. */
function stockOf(random: Random): number {
  if (random.chance(0.06)) return 0;
  return random.chance(0.15) ? random.int(1, 5) : random.int(6, 480);
}
