import type { ImportField, ImportMapping } from '../../../../contract/import';

/**
 * A header in the form in which two spellings of it are the same: lower case, no accents, words apart,
 * without the small words and the many ways to write "number". `Nº de Pedido`, `nro_pedido` and `Pedido`
 * all come to `pedido`; `InvoiceNo` and `Invoice number` to `invoice`.
 */
export function headerKey(header: string): string {
  const words = header
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[nN][º°]/g, ' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}%]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !smallWords.has(word));
  return (telling.length > 0 ? telling : words).join(' ') || header.trim().toLowerCase();
}

const smallWords = new Set(
  'de del la el los las al y of the no nro num numero number n nbr and en por in per'.split(' '),
);

/** Words that name a field, the surest first. Compared as `headerKey` renders them. */
export const names: Record<ImportField, readonly string[]> = {
  orderNumber: [
    'pedido',
    'order',
    'orden',
    'invoice',
    'factura',
    'comprobante',
    'cbte',
    'pedido id',
    'id pedido',
    'order id',
    'codigo pedido',
    'orden compra',
    'document',
    'documento venta',
    'remito',
    'venta',
  ],
  date: [
    'fecha confirmacion',
    'fecha pedido',
    'order date',
    'invoice date',
    'fecha',
    'fecha hora',
    'date',
    'confirmed at',
    'created at',
    'fecha emision',
    'fecha factura',
    'fecha comprobante',
    'fecha creacion',
    'date time',
    'datetime',
  ],
  sku: [
    'sku',
    'stock code',
    'codigo articulo',
    'cod articulo',
    'codigo producto',
    'cod producto',
    'product code',
    'item code',
    'codigo sku',
    'articulo codigo',
    'codigo',
    'cod',
    'code',
    'product id',
    'item',
    'articulo',
    'part',
    'ref',
    'referencia',
  ],
  productName: [
    'descripcion',
    'description',
    'nombre producto',
    'descripcion producto',
    'descripcion articulo',
    'product name',
    'item name',
    'producto',
    'product',
    'detalle',
    'articulo',
    'nombre articulo',
    'item description',
  ],
  quantity: ['cantidad', 'quantity', 'qty', 'cant', 'unidades', 'units', 'cantidad pedida', 'bultos'],
  unitPrice: [
    'precio unitario',
    'unit price',
    'precio unit',
    'p unitario',
    'p unit',
    'pu',
    'precio',
    'price',
    'precio lista',
    'list price',
    'precio venta',
    'importe unitario',
    'precio neto',
    'precio unitario neto',
    'valor unitario',
  ],
  discountPercent: [
    '% descuento',
    'descuento %',
    'descuento',
    'discount',
    'discount %',
    '% discount',
    'discount percent',
    'dto',
    '% dto',
    'dto %',
    'desc %',
    '% desc',
    'bonificacion',
    '% bonificacion',
    'bonif',
    '% bonif',
  ],
  lineNote: [
    'nota linea',
    'observaciones linea',
    'line note',
    'nota producto',
    'item note',
    'nota articulo',
    'instrucciones',
  ],
  buyerTaxId: [
    'cuit',
    'cuit dni',
    'cuit cuil',
    'cuil',
    'dni',
    'cuit cliente',
    'cliente cuit',
    'tax id',
    'vat',
    'vat id',
    'nif',
    'rut',
    'identificacion fiscal',
    'customer id',
    'customer',
    'cod cliente',
    'codigo cliente',
    'id cliente',
    'cliente id',
    'client id',
    'cliente codigo',
    'customer code',
    'account',
    'cliente',
  ],
  buyerName: [
    'razon social',
    'nombre fantasia',
    'cliente',
    'customer name',
    'nombre cliente',
    'cliente nombre',
    'business name',
    'company',
    'company name',
    'empresa',
    'comprador',
    'buyer',
    'buyer name',
    'customer',
    'client',
    'nombre',
  ],
  buyerContact: ['contacto', 'contact', 'contact name', 'persona contacto', 'nombre contacto', 'atencion'],
  buyerEmail: ['email', 'e mail', 'mail', 'correo', 'correo electronico', 'email cliente', 'customer email'],
  buyerPhone: ['telefono', 'phone', 'tel', 'celular', 'movil', 'mobile', 'telefono cliente', 'whatsapp'],
  street: [
    'direccion',
    'domicilio',
    'calle',
    'address',
    'street',
    'direccion entrega',
    'domicilio entrega',
    'shipping address',
    'delivery address',
    'domicilio fiscal',
  ],
  city: ['ciudad', 'localidad', 'city', 'town', 'poblacion'],
  province: ['provincia', 'province', 'state', 'region', 'estado provincia'],
  postalCode: ['codigo postal', 'cp', 'cod postal', 'postal code', 'zip', 'zip code', 'postcode'],
  country: ['pais', 'country'],
  paymentTerms: [
    'condicion pago',
    'condiciones pago',
    'condicion venta',
    'forma pago',
    'medio pago',
    'payment terms',
    'payment method',
    'terms',
    'plazo',
  ],
  notes: [
    'observaciones',
    'notas',
    'nota',
    'comentarios',
    'comentario',
    'notes',
    'note',
    'comments',
    'remarks',
    'obs',
    'observacion',
  ],
};

/** Tells from the values of a column whether it can hold a field at all. */
export type Plausible = (field: ImportField, column: number) => boolean;

/**
 * Guesses which column holds which field: by header, each column for one field, best match first, and only
 * where the column's values do not speak against it.
 */
export function suggestColumns(columns: readonly string[], plausible: Plausible): ImportMapping['columns'] {
  return assignColumns(columns, names, plausible);
}

/** As `suggestColumns`, for any fields with the words that name them, the surest first. */
export function assignColumns<Field extends string>(
  columns: readonly string[],
  phrases: Readonly<Record<Field, readonly string[]>>,
  plausible: (field: Field, column: number) => boolean,
): Partial<Record<Field, string>> {
  const fields = Object.keys(phrases).filter((field): field is Field => field in phrases);
  const candidates = columns.flatMap((header, column) => {
    const key = headerKey(header);
    return fields.flatMap((field) => {
      const rank = matchRank(key, phrases[field]);
      return rank === null || !plausible(field, column) ? [] : [{ field, column, rank }];
    });
  });
  candidates.sort((one, other) => one.rank - other.rank || one.column - other.column);
  const mapping: Partial<Record<Field, string>> = {};
  const taken = new Set<number>();
  for (const { field, column } of candidates) {
    const header = columns[column];
    if (header === undefined || taken.has(column) || mapping[field] !== undefined) continue;
    mapping[field] = header;
    taken.add(column);
  }
  return mapping;
}

/** Lower is better: the place in the list for the same words, behind all of those for words contained. */
function matchRank(key: string, phrases: readonly string[]): number | null {
  const same = phrases.indexOf(key);
  if (same >= 0) return same;
  const padded = ` ${key} `;
  const contained = phrases.findIndex((phrase) => phrase.length > 3 && padded.includes(` ${phrase} `));
  return contained < 0 ? null : 100 + contained + key.length;
}
