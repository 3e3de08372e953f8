import type { PriceList } from '../store/catalogue';
import { makeBuyers } from './buyers';
import { companies, makeCatalogue, type SeedProduct } from './catalogue';
import type { OrderWorld } from './orders';
import { createRandom, seedFor } from './random';

/** How large the sample house is. */
export interface SeedSize {
  products: number;
  buyers: number;
  /** Every warehouse keeps every product, not only its own company's. */
  stockEverywhere?: boolean;
}

export const demoSize: SeedSize = { products: 2000, buyers: 60 };

export interface Warehouse {
  code: string;
  name: string;
  company: string | null;
  /** The book whose prices go with it. */
  priceBook: string | null;
}

/** A product as the store knows it. */
export interface StoreItem {
  sku: string;
  name: string;
  priceCents: number;
  stock: number;
  active: boolean;
  /** Prices of the store's lists by their ids, in cents. */
  prices: Readonly<Record<string, number>>;
}

/** A wholesaler to fill an org and a store with. The same seed gives the same house. */
export interface House {
  world: OrderWorld;
  /** Beside the standard one. */
  priceBooks: readonly string[];
  warehouses: readonly Warehouse[];
  /** A product's price in each of the price books, in cents; `null` where it has none. */
  prices(product: SeedProduct): readonly (number | null)[];
  /** A product's stock in each warehouse; `null` where it is not kept. */
  stock(product: SeedProduct, index: number): readonly (number | null)[];
  storeItems(): Iterable<StoreItem>;
  /** The store's price lists beside the general one. */
  storeLists: readonly PriceList[];
}

/** Price books with their level against the standard list, in thousandths. */
const books = [
  { name: 'Lista Mayorista AMBA', factor: 1000 },
  { name: 'Lista Mayorista Interior', factor: 1045 },
  { name: 'Lista Textil', factor: 980 },
] as const;

const warehouses: readonly Warehouse[] = [
  { code: 'AVE', name: 'Depósito Avellaneda', company: companies.bazar, priceBook: books[0].name },
  { code: 'COR', name: 'Depósito Córdoba', company: companies.bazar, priceBook: books[1].name },
  { code: 'FLO', name: 'Depósito Flores', company: companies.textil, priceBook: books[2].name },
  { code: 'ROS', name: 'Depósito Rosario', company: companies.bazar, priceBook: books[1].name },
  { code: 'MDP', name: 'Depósito Mar del Plata', company: companies.textil, priceBook: books[2].name },
];

/** The store's price lists with their level against the general one, in thousandths. */
const storeLists = [
  { id: 'mayorista', name: 'Mayorista', factor: 920 },
  { id: 'interior', name: 'Interior', factor: 1040 },
] as const;

/** Products that are new in the store and unknown to the org. */
const newInStore = 3;

/** The sample house: two companies, five warehouses, four price books. */
export function sampleHouse(seed: number, size: SeedSize): House {
  const all = makeCatalogue(seed, size.products + newInStore);
  const world: OrderWorld = {
    seed,
    products: all.slice(0, size.products),
    notInOrg: all.slice(size.products),
    buyers: makeBuyers(seed, size.buyers),
  };
  return {
    world,
    priceBooks: books.map((book) => book.name),
    warehouses,
    prices: ({ priceCents }) => books.map(({ factor }) => Math.round((priceCents * factor) / 1000)),
    stock: ({ company }, index) => {
      const random = createRandom(seedFor(seed ^ 0x51ed270b, index));
      return warehouses.map((warehouse) =>
        size.stockEverywhere || warehouse.company === company ? stockOf(random) : null,
      );
    },
    storeItems: () => storeItems(seed, all),
    storeLists: storeLists.map(({ id, name }) => ({ id, name })),
  };
}

/** The org's products at last month's prices here and there, and the new ones. */
function* storeItems(seed: number, products: readonly SeedProduct[]): Iterable<StoreItem> {
  for (const [index, { sku, name, priceCents }] of products.entries()) {
    const random = createRandom(seedFor(seed ^ 0x2545f491, index));
    const stale = random.chance(0.12);
    const general = stale ? Math.round(priceCents * 0.94) : priceCents;
    yield {
      sku,
      name,
      priceCents: general,
      stock: stockOf(random),
      active: !random.chance(0.02),
      // The last tenth of each hundred was never priced in the lists.
      prices: index % 100 < 90 ? listPrices(general) : {},
    };
  }
}

const listPrices = (cents: number): Record<string, number> =>
  Object.fromEntries(storeLists.map(({ id, factor }) => [id, Math.round((cents * factor) / 1000)]));

/** Mostly a good shelf, sometimes the last few, sometimes none. */
function stockOf(random: ReturnType<typeof createRandom>): number {
  if (random.chance(0.06)) return 0;
  return random.chance(0.15) ? random.int(1, 5) : random.int(6, 480);
}
