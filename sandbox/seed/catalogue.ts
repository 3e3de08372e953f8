import { createRandom, seedFor } from './random';

/** A product of the sample wholesaler. */
export interface SeedProduct {
  sku: string;
  name: string;
  company: string;
  /** Price of the standard list, in cents. */
  priceCents: number;
}

export const companies = { bazar: 'San Telmo Bazar', textil: 'San Telmo Textil' } as const;

/** A kind of goods: every combination of its two variants is a product of its own. */
interface Range {
  name: string;
  code: string;
  /** `digits`: eight digits with leading zeros, as a house that began with a cash register has them. */
  skuStyle: 'digits' | 'coded';
  company: string;
  first: readonly string[];
  second: readonly string[];
  cents: [number, number];
}

const aromas = ['limón', 'lavanda', 'pino', 'marina', 'manzana', 'vainilla', 'jazmín', 'cherry'];
const bottles = ['500 ml', '750 ml', '900 ml', '1 l', '2 l', '5 l'];
const colours = ['blanco', 'negro', 'rojo', 'azul', 'verde', 'gris', 'beige', 'terracota'];
const soft = [
  'blanco',
  'crudo',
  'gris perla',
  'azul noche',
  'verde salvia',
  'rosa viejo',
  'mostaza',
  'chocolate',
];
const sizes = ['chico', 'mediano', 'grande'];
const beds = ['1 plaza', '1½ plaza', '2 plazas', 'queen', 'king'];

const ranges: readonly Range[] = [
  clean('Detergente', 'DET', ['Brillosur', 'Cristalina', 'Rinde Más'], bottles, [98_000, 640_000]),
  clean('Limpiador de pisos', 'LPI', aromas, bottles, [89_000, 590_000]),
  clean('Suavizante', 'SUA', aromas, ['900 ml', '3 l', '5 l'], [150_000, 720_000]),
  clean('Jabón líquido para ropa', 'JAB', ['Cristalina', 'Nube', 'Rinde Más'], bottles, [210_000, 1_150_000]),
  clean('Desodorante de ambiente', 'DES', aromas, ['180 ml', '360 ml'], [120_000, 260_000]),
  clean('Lavandina', 'LAV', ['clásica', 'en gel', 'concentrada'], bottles, [55_000, 310_000]),
  clean(
    'Esponja',
    'ESP',
    ['clásica', 'antirrayas', 'de acero', 'doble faz'],
    ['x1', 'x3', 'x6', 'x12'],
    [22_000, 240_000],
  ),
  clean(
    'Bolsa de residuos',
    'BOL',
    ['45x60', '50x70', '60x90', '80x110'],
    ['x10', 'x20', 'x30', 'x50'],
    [48_000, 420_000],
  ),
  clean('Escobillón', 'ESC', colours, ['clásico', 'reforzado'], [290_000, 540_000]),
  clean('Balde', 'BAL', colours, ['8 l', '10 l', '12 l', '15 l'], [210_000, 560_000]),
  house(
    'Vaso de vidrio',
    'VAS',
    ['liso', 'facetado', 'cónico', 'trago largo'],
    ['220 ml', '300 ml', '350 ml', '480 ml'],
    [60_000, 190_000],
  ),
  house(
    'Plato de cerámica',
    'PLA',
    colours,
    ['postre', 'hondo', 'playo 26 cm', 'playo 28 cm'],
    [180_000, 620_000],
  ),
  house('Taza', 'TAZ', colours, ['café', 'té', 'mug 350 ml'], [140_000, 410_000]),
  house('Bowl', 'BOW', colours, ['12 cm', '15 cm', '18 cm', '22 cm'], [160_000, 690_000]),
  house(
    'Olla de aluminio',
    'OLL',
    ['N° 18', 'N° 20', 'N° 22', 'N° 24', 'N° 28'],
    ['con tapa', 'sin tapa'],
    [1_450_000, 4_800_000],
  ),
  house(
    'Sartén antiadherente',
    'SAR',
    ['20 cm', '24 cm', '26 cm', '28 cm', '30 cm'],
    ['negra', 'roja', 'granito'],
    [980_000, 3_200_000],
  ),
  house(
    'Contenedor hermético',
    'CON',
    ['redondo', 'cuadrado', 'rectangular'],
    ['300 ml', '600 ml', '1 l', '2 l', '4 l'],
    [90_000, 480_000],
  ),
  house('Termo', 'TER', colours, ['500 ml', '750 ml', '1 l', '1,3 l'], [1_900_000, 5_600_000]),
  house('Mate', 'MAT', colours, ['de acero', 'de vidrio forrado', 'de silicona'], [420_000, 1_650_000]),
  house(
    'Bombilla',
    'BOM',
    ['pico de loro', 'chata', 'de resorte'],
    ['acero', 'alpaca', 'bronce'],
    [260_000, 1_300_000],
  ),
  house(
    'Cubierto',
    'CUB',
    ['cuchara', 'tenedor', 'cuchillo', 'cucharita'],
    ['liso x12', 'liso x24', 'labrado x12', 'labrado x24'],
    [390_000, 1_700_000],
  ),
  house('Organizador', 'ORG', colours, sizes, [180_000, 920_000]),
  house('Perchero', 'PER', ['x3', 'x5', 'x10'], ['plástico', 'madera', 'terciopelo'], [110_000, 690_000]),
  house(
    'Fuente para horno',
    'FUE',
    ['vidrio', 'cerámica', 'esmaltada'],
    ['1,5 l', '2 l', '3 l', '4 l'],
    [690_000, 2_900_000],
  ),
  linen('Juego de sábanas', 'SAB', soft, beds, [2_400_000, 8_900_000]),
  linen('Acolchado', 'ACO', soft, beds, [4_900_000, 14_500_000]),
  linen('Frazada polar', 'FRA', soft, ['1 plaza', '2 plazas', 'queen'], [1_900_000, 4_600_000]),
  linen('Toalla', 'TOA', soft, ['visita', 'mano', 'baño', 'playa'], [310_000, 1_950_000]),
  linen('Toallón', 'TON', soft, ['70x140', '80x150', '90x160'], [980_000, 2_600_000]),
  linen('Repasador', 'REP', soft, ['waffle', 'estampado', 'de gasa'], [120_000, 330_000]),
  linen('Mantel', 'MAN', soft, ['1,40x1,80', '1,50x2,00', '1,50x2,50', '1,50x3,00'], [890_000, 3_100_000]),
  linen('Individual', 'IND', soft, ['tela', 'fibra', 'PVC'], [95_000, 340_000]),
  linen(
    'Almohada',
    'ALM',
    ['vellón', 'viscoelástica', 'pluma sintética'],
    ['50x70', '50x80', '50x90'],
    [690_000, 3_300_000],
  ),
  linen('Almohadón', 'ALD', soft, ['40x40', '45x45', '50x50'], [420_000, 1_250_000]),
  linen('Cortina', 'COR', soft, ['ambiente 1,40x2,10', 'ambiente 2,00x2,20', 'baño'], [1_100_000, 4_200_000]),
  linen('Delantal', 'DEL', soft, ['liso', 'estampado'], [390_000, 980_000]),
  linen('Camino de mesa', 'CAM', soft, ['0,40x1,40', '0,40x1,80'], [320_000, 880_000]),
];

/** The first `count` products of the house, the same for the same seed. */
export function makeCatalogue(seed: number, count: number): SeedProduct[] {
  const products: SeedProduct[] = [];
  for (let series = 0; products.length < count; series++) {
    for (const range of ranges) {
      for (const [index, [a, b]] of combinations(range).entries()) {
        if (products.length === count) return products;
        products.push(makeProduct(range, a, b, index, series, seed, products.length));
      }
    }
  }
  return products;
}

function makeProduct(
  range: Range,
  a: string,
  b: string,
  index: number,
  series: number,
  seed: number,
  position: number,
): SeedProduct {
  const random = createRandom(seedFor(seed, position));
  const [low, high] = range.cents;
  const place = range.second.indexOf(b) / Math.max(1, range.second.length - 1);
  const spread = 0.92 + random.next() * 0.16;
  const cents = Math.round(((low + (high - low) * place) * spread) / 50) * 50;
  const line = series === 0 ? '' : ` línea ${series + 1}`;
  return {
    sku: range.skuStyle === 'digits' ? digitSku(position) : codedSku(range, a, b, index, series),
    name: `${range.name}${line} ${a} ${b}`,
    company: range.company,
    priceCents: Math.max(50, cents),
  };
}

/** Leading zeros on purpose: the number that spreadsheets eat. */
const digitSku = (position: number): string => String(1200 + position * 7).padStart(8, '0');

function codedSku(range: Range, a: string, b: string, index: number, series: number): string {
  const variant = `${shortCode(a)}${shortCode(b)}`;
  return `${range.code}-${String(index + 101 + series * 100)}-${variant}`;
}

const shortCode = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 3)
    .toUpperCase();

const combinations = (range: Range): [string, string][] =>
  range.first.flatMap((a) => range.second.map((b): [string, string] => [a, b]));

function clean(
  name: string,
  code: string,
  first: readonly string[],
  second: readonly string[],
  cents: [number, number],
): Range {
  return { name, code, skuStyle: 'digits', company: companies.bazar, first, second, cents };
}

function house(
  name: string,
  code: string,
  first: readonly string[],
  second: readonly string[],
  cents: [number, number],
): Range {
  return { name, code, skuStyle: 'coded', company: companies.bazar, first, second, cents };
}

function linen(
  name: string,
  code: string,
  first: readonly string[],
  second: readonly string[],
  cents: [number, number],
): Range {
  return { name, code, skuStyle: 'coded', company: companies.textil, first, second, cents };
}
