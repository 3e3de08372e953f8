import { setImmediate } from 'node:timers/promises';
import Big from 'big.js';
import type { OrgCore } from '../org/core';
import type { ValidationRule } from '../org/dml/context';
import type { StoreCore } from '../store/core';
import type { StoreProduct } from '../store/order';
import type { SeedBuyer } from './buyers';
import type { SeedProduct } from './catalogue';
import type { House } from './house';

/** The house's own rule: no orders from accounts that the collections department has blocked. */
export const blockedBuyerRule: ValidationRule = {
  object: 'Order',
  name: 'Cuenta_bloqueada',
  message:
    'La cuenta está bloqueada por Cobranzas: no se pueden cargar pedidos hasta que regularice su saldo.',
  refuses: (order, { records }) =>
    records.get({ name: 'Account' }, String(order['AccountId']))?.['Bloqueado__c'] === 1,
};

/**
 * Fills an empty org with the house: price books, warehouses, products with prices and stock, accounts. One
 * transaction; the event loop gets its turn in between, since this runs inside the program too.
 */
export async function seedOrg(org: OrgCore, house: House): Promise<void> {
  await org.db.fill(async () => {
    const writeProduct = productWriter(org, house);
    for (const [index, product] of house.world.products.entries()) {
      writeProduct(product, index);
      if (index % productsAtOnce === productsAtOnce - 1) await setImmediate();
    }
    for (const { buyer, inOrg } of house.world.buyers) {
      if (inOrg !== 'unknown') insertAccount(org, buyer, inOrg === 'blocked');
    }
  });
}

/** About 10 ms of work. */
const productsAtOnce = 50;

/** Fills an empty store's catalogue. */
export function seedStore(store: StoreCore, house: House): void {
  store.catalogue.setLists(house.storeLists);
  store.putProducts(storeProducts(house));
}

function* storeProducts(house: House): Iterable<Omit<StoreProduct, 'updatedAt'>> {
  for (const { sku, name, priceCents, stock, active, prices } of house.storeItems()) {
    const lists = Object.entries(prices).map(([list, cents]) => [list, amount(cents)]);
    yield {
      sku,
      name,
      stock: String(stock),
      price: amount(priceCents),
      prices: Object.fromEntries(lists),
      active,
    };
  }
}

const amount = (cents: number): string => new Big(cents).div(100).toFixed(2);

/** Writes one product with its prices and its stock; price books and warehouses are made first. */
function productWriter(org: OrgCore, house: House): (product: SeedProduct, index: number) => void {
  const standard = org.db.get('SELECT "Id" FROM "Pricebook2" WHERE "IsStandard" = 1')?.['Id'] ?? null;
  const books = house.priceBooks.map((Name) =>
    org.records.insert(org.table('Pricebook2'), { Name, IsActive: 1 }),
  );
  const places = house.warehouses.map(({ code, name, company, priceBook }) =>
    org.records.insert(org.table('Location'), {
      Name: name,
      LocationType: 'Warehouse',
      IsInventoryLocation: 1,
      ExternalReference: code,
      Puente_Company__c: company,
      Puente_Pricebook__c: priceBook === null ? null : (books[house.priceBooks.indexOf(priceBook)] ?? null),
    }),
  );
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
  return (product, index) => {
    const { sku, name, company, priceCents } = product;
    const id = insertProduct(name, sku, sku, 1, company === '' ? null : company);
    insertEntry(name, sku, standard, id, priceCents, 1);
    for (const [book, price] of house.prices(product).entries()) {
      if (price !== null) insertEntry(name, sku, books[book] ?? null, id, price, 1);
    }
    for (const [place, stock] of house.stock(product, index).entries()) {
      if (stock !== null) insertItem(id, places[place] ?? null, Math.round(stock * 100), 'Each');
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
