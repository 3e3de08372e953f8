import Big from 'big.js';
import type { StoreLine, StoreOrder } from '../store/order';
import type { SeedBuyer } from './buyers';
import type { SeedProduct } from './catalogue';
import { type ChargedPrices, withCharges } from './charges';
import { createRandom, type Random, seedFor } from './random';

/** What sample orders are made of. */
export interface OrderWorld {
  seed: number;
  products: readonly SeedProduct[];
  buyers: readonly SeedBuyer[];
  /** Products that the store sells and the org does not know. */
  notInOrg: readonly SeedProduct[];
}

const reps = ['Gabriela Sosa', 'Ramiro Vega', 'Paula Díaz', 'Hernán Castro'] as const;
const terms = [
  'Contado contra entrega',
  'Transferencia bancaria',
  'Cuenta corriente 30 días',
  'Cuenta corriente 60 días',
  'Cheque a 30 días',
  'MercadoPago',
] as const;
const deliveries = ['Transporte a cargo del comprador', 'Envío propio', 'Retiro por depósito'] as const;
const orderNotes = [
  'Entregar de lunes a viernes de 8 a 13.',
  'Avisar por teléfono antes de salir.',
  'Enviar con Expreso del Litoral.',
  'Facturar a nombre de la sociedad.',
  'No mezclar con el pedido anterior.',
] as const;
const lineNotes = [
  'Embalar por separado',
  'Surtir colores',
  'Sin etiqueta de precio',
  'Reemplazar si falta',
] as const;
const packs = [1, 2, 3, 6, 6, 12, 12, 24, 48] as const;

/** The first number of the sample store's orders. */
const firstNumber = 50_231;

export interface OrderKind {
  /**
   * Some meet trouble on purpose: a buyer the org does not know, a product it does not know, a buyer whose
   * orders it refuses. Some have a discount, shipping, a surcharge and IVA.
   */
  unusual?: boolean;
  /** All of them have a discount, shipping, a surcharge or IVA, and many are of consumers with a DNI. */
  charged?: ChargedPrices | null;
}

/** The `index`-th order of the sample store, the same for the same seed. */
export function makeOrder(
  world: OrderWorld,
  index: number,
  confirmedAt: number,
  { unusual = false, charged = null }: OrderKind = {},
): StoreOrder {
  const plain = makePlainOrder(world, index, confirmedAt, unusual);
  const prices = charged ?? (unusual && index % 6 === 5 ? 'net' : null);
  if (prices === null) return plain;
  // Chance of its own: the order is the same as without its charges.
  const random = createRandom(seedFor(world.seed, 2_000_000 + index));
  const buyer = charged === null ? plain.buyer : (consumerOf(world, random) ?? plain.buyer);
  return withCharges({ ...plain, buyer }, prices, random);
}

/** A consumer without a business name, for some orders, where the house has one. */
function consumerOf({ buyers }: OrderWorld, random: Random): StoreOrder['buyer'] | null {
  const consumers = buyers.filter(({ buyer, inOrg }) => buyer.businessName === null && inOrg !== 'blocked');
  return consumers.length > 0 && random.chance(0.4) ? pickFrom(consumers, random).buyer : null;
}

function makePlainOrder(world: OrderWorld, index: number, confirmedAt: number, unusual: boolean): StoreOrder {
  const random = createRandom(seedFor(world.seed, 1_000_000 + index));
  const buyer = chooseBuyer(world, index, unusual, random).buyer;
  const anchor = pickFrom(world.products, random);
  const shelf = world.products.filter((product) => product.company === anchor.company);
  const chosen = new Set<SeedProduct>([anchor]);
  const lineCount = random.int(1, 12);
  while (chosen.size < Math.min(lineCount, shelf.length)) chosen.add(pickFrom(shelf, random));
  if (unusual && index % 13 === 7) {
    const missing = world.notInOrg[index % Math.max(1, world.notInOrg.length)];
    if (missing) chosen.add(missing);
  }
  const discount = random.chance(0.3) ? String(random.pick([5, 10, 12.5, 15])) : '0';
  const lines = [...chosen].map((product, place) => makeLine(product, place + 1, discount, random));
  const sum = lines.reduce((total, line) => total.plus(line.total), new Big(0)).toFixed(2);
  const rep = random.chance(0.25) ? random.pick(reps) : null;
  const pickUp = random.chance(0.2);
  return {
    number: String(firstNumber + index),
    revision: 1,
    status: 'confirmed',
    confirmedAt: withArgentineOffset(confirmedAt),
    channel: rep === null ? 'web' : 'sales-rep',
    salesRep: rep,
    currency: 'ARS',
    company: anchor.company,
    buyer,
    delivery: pickUp
      ? { method: deliveries[2], address: null }
      : { method: random.pick([deliveries[0], deliveries[1]]), address: buyer.address },
    paymentTerms: random.pick(terms),
    notes: random.chance(0.35) ? random.pick(orderNotes) : '',
    lines,
    totals: {
      lines: sum,
      discount: '0.00',
      shipping: '0.00',
      surcharge: '0.00',
      tax: '0.00',
      total: sum,
    },
  };
}

function chooseBuyer(world: OrderWorld, index: number, unusual: boolean, random: Random): SeedBuyer {
  const kinds: SeedBuyer['inOrg'][] = !unusual
    ? ['known', 'unknown']
    : index % 17 === 9
      ? ['blocked']
      : index % 11 === 4
        ? ['unknown']
        : ['known'];
  const fitting = world.buyers.filter((buyer) => kinds.includes(buyer.inOrg));
  return pickFrom(fitting.length > 0 ? fitting : world.buyers, random);
}

function makeLine(product: SeedProduct, number: number, discount: string, random: Random): StoreLine {
  const quantity = random.pick(packs);
  const unitPrice = new Big(product.priceCents).div(100);
  const total = unitPrice
    .times(quantity)
    .times(new Big(100).minus(discount))
    .div(100)
    .round(2, Big.roundHalfUp);
  return {
    number,
    sku: product.sku,
    name: product.name,
    quantity: String(quantity),
    unitPrice: unitPrice.toFixed(2),
    discountPercent: discount,
    total: total.toFixed(2),
    note: random.chance(0.1) ? random.pick(lineNotes) : '',
  };
}

function pickFrom<T>(items: readonly T[], random: Random): T {
  const item = items[random.int(0, items.length - 1)];
  if (item === undefined) throw new RangeError('the sample world has none of these');
  return item;
}

/** Argentina is three hours behind UTC all year. */
function withArgentineOffset(instant: number): string {
  return `${new Date(instant - 3 * 3_600_000).toISOString().slice(0, 19)}-03:00`;
}
