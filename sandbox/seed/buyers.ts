import type { StoreBuyer } from '../store/order';
import { makeCuit } from './cuit';
import { createRandom, type Random, seedFor } from './random';

/** A buyer of the sample store, and how the org knows him. */
export interface SeedBuyer {
  buyer: StoreBuyer;
  /** `unknown`: not in the org yet. `blocked`: there, but the company takes no more orders from him. */
  inOrg: 'known' | 'unknown' | 'blocked';
}

type Place = readonly [city: string, province: string, postalCode: string, areaCode: string];

const places: readonly [Place, ...Place[]] = [
  ['Avellaneda', 'Buenos Aires', 'B1870', '11'],
  ['Lanús', 'Buenos Aires', 'B1824', '11'],
  ['San Justo', 'Buenos Aires', 'B1754', '11'],
  ['Ciudad Autónoma de Buenos Aires', 'CABA', 'C1406', '11'],
  ['La Plata', 'Buenos Aires', 'B1900', '221'],
  ['Mar del Plata', 'Buenos Aires', 'B7600', '223'],
  ['Bahía Blanca', 'Buenos Aires', 'B8000', '291'],
  ['Córdoba', 'Córdoba', 'X5000', '351'],
  ['Villa María', 'Córdoba', 'X5900', '353'],
  ['Rosario', 'Santa Fe', 'S2000', '341'],
  ['Santa Fe', 'Santa Fe', 'S3000', '342'],
  ['Mendoza', 'Mendoza', 'M5500', '261'],
  ['San Miguel de Tucumán', 'Tucumán', 'T4000', '381'],
  ['Salta', 'Salta', 'A4400', '387'],
  ['Neuquén', 'Neuquén', 'Q8300', '299'],
  ['Posadas', 'Misiones', 'N3300', '376'],
  ['Paraná', 'Entre Ríos', 'E3100', '343'],
  ['Resistencia', 'Chaco', 'H3500', '362'],
];

const streets = [
  'Av. Rivadavia',
  'San Martín',
  'Belgrano',
  'Av. Mitre',
  'Sarmiento',
  '9 de Julio',
  'Hipólito Yrigoyen',
  'Av. Colón',
  'Güemes',
  'Alsina',
  'Moreno',
  'Lavalle',
] as const;

const shops = [
  'Bazar',
  'Casa',
  'Distribuidora',
  'Multirrubro',
  'Blanquería',
  'Polirrubro',
  'Almacén',
] as const;
const shopNames = [
  'El Trébol',
  'La Esquina',
  'Don Pedro',
  'Los Hermanos',
  'Mónica',
  'La Económica',
  'San Cayetano',
  'Del Litoral',
  'Nueva Pompeya',
  'El Progreso',
  'Tres Arroyos',
  'La Favorita',
  'Las Marías',
  'El Ceibo',
  'Ñandú',
] as const;
const firstNames = [
  'María',
  'Juan',
  'Lucía',
  'Carlos',
  'Sofía',
  'Martín',
  'Ana',
  'Diego',
  'Valentina',
  'Jorge',
] as const;
const lastNames = [
  'González',
  'Rodríguez',
  'Fernández',
  'López',
  'Núñez',
  'Pérez',
  'Ibáñez',
  'Romero',
  'Acuña',
  'Suárez',
] as const;

/** The buyers of the house: mostly shops with a CUIT, some self-employed, a few consumers with a DNI. */
export function makeBuyers(seed: number, count: number): SeedBuyer[] {
  return Array.from({ length: count }, (_unused, index) => ({
    buyer: makeBuyer(createRandom(seedFor(seed ^ 0x5f3759df, index)), index),
    inOrg: index % 20 === 17 ? 'blocked' : index % 12 === 9 ? 'unknown' : 'known',
  }));
}

function makeBuyer(random: Random, index: number): StoreBuyer {
  const contactName = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  const [city, province, postalCode, area] = random.pick(places);
  const kind = index % 15 === 14 ? 'consumer' : index % 4 === 3 ? 'person' : 'company';
  const shop = `${random.pick(shops)} ${shopNames[index % shopNames.length] ?? shopNames[0]}`;
  const businessName =
    kind === 'consumer'
      ? null
      : kind === 'person'
        ? `${shop} de ${contactName}`
        : `${shop} ${random.pick(['S.R.L.', 'S.A.', 'S.A.S.'])}`;
  const domain = slug(businessName ?? contactName);
  return {
    id: `C-${String(index + 1).padStart(4, '0')}`,
    businessName,
    contactName,
    taxId: taxId(kind, random, index),
    vatStatus: vatStatus(kind, index),
    address: {
      street: `${random.pick(streets)} ${random.int(100, 4900)}`,
      city,
      province,
      postalCode,
      country: 'Argentina',
    },
    phone: random.chance(0.9) ? `+54 ${area} 5550-${String(random.int(0, 9999)).padStart(4, '0')}` : null,
    email: random.chance(0.95) ? `compras@${domain}${index + 1}.example` : null,
  };
}

/** Numbers far apart by index, so that no two buyers share one. */
function taxId(kind: 'company' | 'person' | 'consumer', random: Random, index: number): string {
  if (kind === 'consumer') return String(24_000_000 + index * 31_337);
  if (kind === 'person') return makeCuit(random.chance(0.5) ? 20 : 27, 21_000_000 + index * 104_729);
  return makeCuit(random.chance(0.85) ? 30 : 33, 70_100_000 + index * 15_485);
}

function vatStatus(kind: 'company' | 'person' | 'consumer', index: number): StoreBuyer['vatStatus'] {
  if (kind === 'consumer') return 'consumidor-final';
  if (kind === 'person') return 'monotributo';
  return index % 23 === 5 ? 'exento' : 'responsable-inscripto';
}

const slug = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
    .slice(0, 24);
