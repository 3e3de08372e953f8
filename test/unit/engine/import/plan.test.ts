import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImportMapping, importOrderSchema } from '../../../../contract/import';
import { orderSchema } from '../../../../contract/order';
import { maxReasonsListed } from '../../../../main/engine/import/findings';
import { planImport } from '../../../../main/engine/import/plan';
import type { Cell } from '../../../../main/engine/import/table';
import { mappedColumns, mappingOf, noPause, tableOf } from '../../../support/importTable';

const day = '1/12/2010 08:26';

async function plan(
  rows: readonly (readonly Cell[])[],
  over: Partial<ImportMapping> = {},
  { known = [], more = [] }: { known?: string[]; more?: string[] } = {},
) {
  const asked: string[] = [];
  const result = await planImport(tableOf([...mappedColumns, ...more], rows), mappingOf(over), {
    knownNumbers: async (numbers) => {
      asked.push(...numbers);
      return new Set(numbers.filter((number) => known.includes(number)));
    },
    pause: noPause,
  });
  return { ...result, asked, views: result.orders.map(({ view }) => view) };
}

/** The reasons of the only order, as `reason@row=value`. */
async function reasonsOf(...input: Parameters<typeof plan>): Promise<string[]> {
  const { views, orders } = await plan(...input);
  expect(views).toHaveLength(1);
  expect(orders[0]?.order === null).toBe(views[0]?.verdict !== 'import');
  return (views[0]?.reasons ?? []).map(({ reason, row, value }) => `${reason}@${row}=${value ?? ''}`);
}

const row = (over: Partial<Record<(typeof mappedColumns)[number], Cell>> = {}): Cell[] => {
  const cells = { number: '7', date: day, sku: 'A', quantity: '2', price: '2,55', taxId: '17850', ...over };
  return mappedColumns.map((column) => cells[column]);
};

describe('an importable order', () => {
  it('is the contract order that the rows tell', async () => {
    const { orders, summary } = await plan([row(), row({ sku: 'b', quantity: '1,5', price: '0,33' })]);
    const order = orders[0]?.order ?? null;
    expect(order).toEqual(orderSchema.parse(order));
    expect(order).toMatchObject({
      number: '7',
      revision: 0,
      confirmedAt: '2010-12-01T08:26:00-03:00',
      channel: 'file',
      currency: 'ARS',
      company: null,
      delivery: null,
      buyer: {
        taxId: '17850',
        taxIdKind: 'any',
        businessName: 'Cliente 17850',
        vatStatus: 'other',
        address: null,
      },
      lines: [
        { number: 1, sku: 'A', quantity: '2', unitPrice: '2.55', discountPercent: '0', total: '5.1' },
        { number: 2, sku: 'b', quantity: '1.5', unitPrice: '0.33', total: '0.5' },
      ],
      totals: { lines: '5.6', discount: '0', shipping: '0', surcharge: '0', tax: '0', total: '5.6' },
    });
    expect(summary).toMatchObject({
      rows: 2,
      orders: 1,
      toImport: 1,
      linesToImport: 2,
      totalToImport: '5.6',
      leftOut: 0,
      reasons: [],
    });
  });

  it('is gathered from rows that do not stand together, its lines in the order of the file', async () => {
    const { orders } = await plan([
      row({ sku: 'A' }),
      row({ number: '8' }),
      row({ sku: 'C' }),
      row({ sku: 'B' }),
    ]);
    expect(orders.map(({ order }) => order?.number)).toEqual(['7', '8']);
    expect(orders[0]?.order?.lines.map(({ number, sku }) => `${number}${sku}`)).toEqual(['1A', '2C', '3B']);
  });

  it('takes discount, texts, address and notes from their columns', async () => {
    const more = ['desc', 'name', 'note', 'razon', 'mail', 'calle', 'ciudad', 'pago', 'obs'];
    const columns = {
      ...mappingOf().columns,
      discountPercent: 'desc',
      productName: 'name',
      lineNote: 'note',
      buyerName: 'razon',
      buyerEmail: 'mail',
      street: 'calle',
      city: 'ciudad',
      paymentTerms: 'pago',
      notes: 'obs',
    };
    const { orders } = await plan(
      [
        [...row(), '10%', 'Mate\nrojo ', 'frágil', '', '', '', '', '', 'Por la tarde\nTocar timbre'],
        [
          ...row(),
          '12,5',
          '',
          '',
          'Don José',
          'j@x.ar',
          'San Martín 1',
          '',
          '30 días',
          'Por la tarde\nTocar timbre',
        ],
        [...row(), '', '', '', 'Otro', '', 'Otra 2', 'Rosario', '', 'Gracias'],
      ],
      { columns },
      { more },
    );
    const [discounted, ...others] = orders[0]?.order?.lines ?? [];
    expect(discounted).toMatchObject({
      discountPercent: '10',
      total: '4.59',
      name: 'Mate rojo',
      note: 'frágil',
    });
    expect(others.map(({ total }) => total)).toEqual(['4.46', '5.1']);
    expect(orders[0]?.order).toMatchObject({
      paymentTerms: '30 días',
      notes: 'Por la tarde\nTocar timbre\nGracias',
      buyer: {
        businessName: 'Don José',
        email: 'j@x.ar',
        address: { street: 'San Martín 1', city: '', province: '', postalCode: '', country: '' },
      },
    });
  });

  it('rounds half up to the cent, line by line', async () => {
    const { orders } = await plan([
      row({ quantity: '1', price: '0,125' }),
      row({ quantity: '3', price: '0,005' }),
    ]);
    expect(orders[0]?.order?.lines.map(({ total }) => total)).toEqual(['0.13', '0.02']);
    expect(orders[0]?.order?.totals.total).toBe('0.15');
  });

  it('takes number cells for what they show', async () => {
    const { orders } = await plan([
      row({
        number: 536365,
        sku: '00123',
        quantity: 6,
        price: 2.55,
        taxId: 17850,
        date: '2010-12-01T08:26:00',
      }),
    ]);
    expect(orders[0]?.order).toMatchObject({
      number: '536365',
      buyer: { taxId: '17850' },
      lines: [{ sku: '00123', total: '15.3' }],
    });
  });

  it('has no name where neither column nor pattern gives one', async () => {
    const columns = { ...mappingOf().columns, buyerName: 'razon' };
    const { orders } = await plan([[...row(), '']], { columns, buyerNamePattern: '' }, { more: ['razon'] });
    expect(orders[0]?.order?.buyer.businessName).toBeNull();
    expect(orders[0]?.view.buyer).toBe('17850');
  });
});

describe('a fault leaves the whole order out', () => {
  it('with all its reasons, each at its row', async () => {
    const reasons = await reasonsOf([
      row(),
      row({ sku: '', quantity: '', price: '' }),
      row({ quantity: '0', price: '-1', date: '31/2/2010' }),
      row({ quantity: 'dos', price: '1,2,3', taxId: '' }),
    ]);
    expect(reasons.sort()).toEqual(
      [
        'skuMissing@3=',
        'quantityInvalid@3=',
        'priceMissing@3=',
        'quantityNotPositive@4=0',
        'priceNegative@4=-1',
        'dateInvalid@4=31/2/2010',
        'quantityInvalid@5=dos',
        'priceInvalid@5=1,2,3',
        'buyerMissing@5=',
      ].sort(),
    );
  });

  it('and no other order', async () => {
    const { views, summary } = await plan([row(), row({ number: '8', price: '' }), row({ number: '8' })]);
    expect(views.map(({ verdict }) => verdict)).toEqual(['import', 'leaveOut']);
    expect(summary).toMatchObject({ toImport: 1, leftOut: 1, linesToImport: 1, totalToImport: '5.1' });
    expect(summary.reasons).toEqual([{ reason: 'priceMissing', orders: 1, rows: 1 }]);
  });

  it('a cancellation, by its prefix in any case', async () => {
    const cancelled = row({ number: 'c7', quantity: '-2' });
    expect(await reasonsOf([cancelled], { cancellationPrefix: 'C' })).toEqual([
      'cancellation@2=c7',
      'quantityNotPositive@2=-2',
    ]);
    expect(await reasonsOf([row({ number: 'C7' })])).toEqual([]);
  });

  it('a missing buyer is said once and counted for every row', async () => {
    const { views, summary } = await plan([row({ taxId: '' }), row({ taxId: ' ' })]);
    expect(views[0]?.reasons).toEqual([{ reason: 'buyerMissing', row: 2, value: null }]);
    expect(summary.reasons).toEqual([{ reason: 'buyerMissing', orders: 1, rows: 2 }]);
  });

  it('another buyer among its rows, but not another spelling of the same CUIT', async () => {
    expect(await reasonsOf([row(), row({ taxId: '17851' })])).toEqual(['buyerDiffers@3=17851']);
    const cuits = [row({ taxId: '33-69345023-9' }), row({ taxId: '33693450239' })];
    expect(await reasonsOf(cuits, { taxIdKind: 'argentina' })).toEqual([]);
    expect(await reasonsOf(cuits)).toEqual(['buyerDiffers@3=33693450239']);
  });

  it('a wrong CUIT where the store is Argentine', async () => {
    expect(await reasonsOf([row({ taxId: '33-69345023-8' })], { taxIdKind: 'argentina' })).toEqual([
      'taxIdInvalid@2=33-69345023-8',
    ]);
  });

  it('a discount that is no percentage', async () => {
    const columns = { ...mappingOf().columns, discountPercent: 'desc' };
    for (const [value, fault] of [
      ['101', true],
      ['-1', true],
      ['mucho', true],
      ['100', false],
      ['', false],
    ] as const) {
      const reasons = await reasonsOf([[...row(), value]], { columns }, { more: ['desc'] });
      expect(reasons).toEqual(fault ? [`discountInvalid@2=${value}`] : []);
    }
  });

  it('texts beyond what the org takes', async () => {
    const long = 'x'.repeat(61);
    expect(await reasonsOf([row({ number: long })])).toEqual([`textTooLong@2=${long}`]);
    const sku = 'y'.repeat(181);
    expect(await reasonsOf([row({ sku })])).toEqual([`textTooLong@2=${sku.slice(0, 80)}…`]);
    expect(await reasonsOf([row({ taxId: 'z'.repeat(41) })])).toEqual([`textTooLong@2=${'z'.repeat(41)}`]);
  });

  it('amounts whose product no amount can hold', async () => {
    const huge = '99999999999999';
    expect(await reasonsOf([row({ quantity: huge, price: huge })])).toEqual([`priceInvalid@2=${huge}`]);
    const half = '60000000000000';
    const sum = await reasonsOf([row({ quantity: '1', price: half }), row({ quantity: '1', price: half })]);
    expect(sum).toEqual(['priceInvalid@2=']);
    const { summary } = await plan([
      row({ quantity: '1', price: half }),
      row({ number: '8', quantity: '1', price: half }),
    ]);
    expect(summary.totalToImport).toBe('99999999999999');
  });

  it('a row that is cut short, or shifted by a delimiter too many', async () => {
    expect(await reasonsOf([row().slice(0, 5)])).toContain('columnCount@2=5');
    expect(await reasonsOf([[...row(), 'ROJA']])).toEqual(['columnCount@2=ROJA']);
    expect(await reasonsOf([[...row(), '', ' ']])).toEqual([]);
  });

  it('more rows than an order may have', async () => {
    const many = Array.from({ length: 10_001 }, () => row());
    expect(await reasonsOf(many)).toEqual(['tooManyLines@2=10001']);
    const { summary } = await plan(many.slice(1));
    expect(summary).toMatchObject({ toImport: 1, linesToImport: 10_000, totalToImport: '51000' });
  });

  it('and lists no more reasons than a person can read, yet counts them all', async () => {
    const { views, summary } = await plan(Array.from({ length: 300 }, () => row({ price: '' })));
    expect(views[0]?.reasons).toHaveLength(maxReasonsListed);
    expect(summary.reasons).toEqual([{ reason: 'priceMissing', orders: 1, rows: 300 }]);
  });
});

describe('a row without an order number', () => {
  it('stands alone where it is no line', async () => {
    const total = row({ number: '', date: '', sku: '', taxId: '', price: '5,10' });
    const { views } = await plan([row(), total]);
    expect(views.map(({ verdict, reasons }) => [verdict, reasons])).toEqual([
      ['import', []],
      ['leaveOut', [{ reason: 'orderNumberMissing', row: 3, value: null }]],
    ]);
  });

  it('leaves the order before it out where it may be a line of it', async () => {
    expect(await reasonsOf([row(), row({ number: '', sku: 'B' })])).toEqual(['orderNumberMissing@3=']);
  });
});

describe('an order that is known already', () => {
  it('is not imported again, and that is all', async () => {
    const { views, summary, asked } = await plan([row(), row(), row({ number: '8' })], {}, { known: ['7'] });
    expect(asked).toEqual(['7', '8']);
    expect(views.map(({ verdict }) => verdict)).toEqual(['alreadyKnown', 'import']);
    expect(summary).toMatchObject({ toImport: 1, alreadyKnown: 1, leftOut: 0 });
  });

  it('counts as left out if it has a fault as well', async () => {
    const { views } = await plan([row({ price: '' })], {}, { known: ['7'] });
    expect(views[0]?.verdict).toBe('leaveOut');
    expect(views[0]?.reasons.map(({ reason }) => reason)).toEqual(['alreadyKnown', 'priceMissing']);
  });
});

describe('charges', () => {
  const charge = row({ sku: 'post', quantity: '1', price: '18,00' });
  const serviceCodes = ['POST'];

  it('go in as lines, with a remark', async () => {
    const { views, orders } = await plan([row(), charge], { serviceCodes });
    expect(views[0]).toMatchObject({ verdict: 'import', total: '23.1', remarks: ['chargeAsLine'] });
    expect(orders[0]?.order?.lines.map(({ sku }) => sku)).toEqual(['A', 'post']);
  });

  it('or stay out, and the total with them', async () => {
    const { views, orders } = await plan([charge, row(), charge], { serviceCodes, serviceLines: 'leaveOut' });
    expect(views[0]).toMatchObject({
      verdict: 'import',
      total: '5.1',
      lineCount: 1,
      remarks: ['chargeLeftOut'],
    });
    expect(orders[0]?.order?.lines.map(({ number, sku }) => `${number}${sku}`)).toEqual(['1A']);
  });

  it('cannot spoil an order they stay out of, but can spoil one they are part of', async () => {
    const refund = row({ sku: 'POST', quantity: '-1', price: '' });
    expect(await reasonsOf([row(), refund], { serviceCodes, serviceLines: 'leaveOut' })).toEqual([]);
    expect(await reasonsOf([row(), refund], { serviceCodes })).toEqual([
      'quantityNotPositive@3=-1',
      'priceMissing@3=',
    ]);
  });

  it('make no order by themselves', async () => {
    expect(await reasonsOf([charge, charge], { serviceCodes, serviceLines: 'leaveOut' })).toEqual([
      'onlyCharges@2=',
    ]);
    expect(await reasonsOf([charge, charge], { serviceCodes })).toEqual([]);
  });
});

describe('remarks', () => {
  it('say that a price is zero, and that dates differ; the earliest counts', async () => {
    const { views } = await plan([row({ date: '1/12/2010 08:27' }), row({ price: '0' })]);
    expect(views[0]).toMatchObject({ verdict: 'import', confirmedAt: '2010-12-01T08:26:00-03:00' });
    expect([...(views[0]?.remarks ?? [])].sort()).toEqual(['datesDiffer', 'priceZero']);
  });

  it('say that an amount could be read in two ways, unless the file proves one', async () => {
    const doubtful = await plan([row({ price: '1.500' })]);
    expect(doubtful.views[0]).toMatchObject({ total: '3000', remarks: ['amountAmbiguous'] });
    const proven = await plan([row({ price: '1.500' }), row({ number: '8', price: '2,5' })]);
    expect(proven.views[0]).toMatchObject({ total: '3000', remarks: [] });
    const otherwise = await plan([row({ price: '1.500' }), row({ number: '8', price: '2.5' })]);
    expect(otherwise.views.map(({ verdict }) => verdict)).toEqual(['leaveOut', 'leaveOut']);
  });

  it('are counted for the orders that are imported', async () => {
    const { summary } = await plan([row({ price: '0' }), row({ number: '8', price: '0', taxId: '' })]);
    expect(summary.remarks).toEqual([{ remark: 'priceZero', orders: 1 }]);
  });
});

it('compares SKUs exactly: two that differ by case are two products', async () => {
  const { orders } = await plan([row({ sku: '15056BL' }), row({ sku: '15056bl' })]);
  expect(orders[0]?.order?.lines.map(({ sku }) => sku)).toEqual(['15056BL', '15056bl']);
});

it('lets other work run while it reads, between orders and within a long one', async () => {
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
  };
  const knownNumbers = async () => new Set<string>();
  const long = Array.from({ length: 5_000 }, () => row());
  await planImport(tableOf(mappedColumns, long), mappingOf(), { knownNumbers, pause });
  expect(pauses).toBeGreaterThan(40);
  pauses = 0;
  const many = Array.from({ length: 5_000 }, (_, index) => row({ number: String(index) }));
  await planImport(tableOf(mappedColumns, many), mappingOf(), { knownNumbers, pause });
  expect(pauses).toBeGreaterThan(5_000);
});

it('comes to a verdict on whatever the cells hold, and every order it makes fits the contract', async () => {
  const cell = fc.oneof(
    fc.constantFrom<Cell>('', '7', 'C7', 'A', 'POST', day, '2010-12-01', '2,55', '-1', '0', '1.500', '100%'),
    fc.double(),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.string({ minLength: 200, maxLength: 300 }),
  );
  const usual = fc.constant(row());
  const rows = fc.array(fc.oneof(usual, fc.array(cell, { maxLength: 16 })), { maxLength: 12 });
  const more = ['desc', 'name', 'razon', 'tel', 'calle', 'obs'];
  const [discountPercent, productName, buyerName, buyerPhone, street, notes] = more;
  if (!discountPercent || !productName || !buyerName || !buyerPhone || !street || !notes) throw new Error();
  const columns = {
    ...mappingOf().columns,
    ...{ discountPercent, productName, buyerName, buyerPhone, street, notes },
  };
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom<ImportMapping['taxIdKind']>('argentina', 'any'),
      fc.constantFrom<ImportMapping['serviceLines']>('asLines', 'leaveOut'),
      async (all, taxIdKind, serviceLines) => {
        const over = { columns, taxIdKind, serviceLines, serviceCodes: ['POST'], cancellationPrefix: 'C' };
        const { orders, summary } = await plan(all, over, { more });
        expect(summary.toImport + summary.leftOut + summary.alreadyKnown).toBe(summary.orders);
        for (const { view, order } of orders) {
          expect(importOrderSchema.parse(view)).toEqual(view);
          expect(order === null).toBe(view.reasons.length > 0);
          if (order !== null) expect(orderSchema.parse(order)).toEqual(order);
        }
      },
    ),
    { numRuns: 300 },
  );
});
