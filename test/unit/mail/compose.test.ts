import { describe, expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import { problem } from '../../../contract/problem';
import type { Digest } from '../../../main/engine/alerts/digest';
import type { FailedOrder } from '../../../main/engine/alerts/ports';
import type { ScheduleMatter } from '../../../main/engine/catalog/scheduleHealth';
import { composeDigest, composeTest } from '../../../main/mail/compose';
import { noticeText } from '../../../main/shell/noticeText';
import { createTexts } from '../../../main/texts';

const texts = createTexts();
const spanish = {
  t: texts('es-AR'),
  locale: 'es-AR',
  computer: 'CAJA-1',
  orgHost: 'acme.my.salesforce.com',
} as const;
const english = { ...spanish, t: texts('en'), locale: 'en' } as const;

const order = (id: number, changes: Partial<FailedOrder> = {}): FailedOrder => ({
  id,
  number: `10${id}`,
  buyerName: 'Distribuidora El Sol SRL',
  total: decimalSchema.parse('12345678901.10'),
  currency: 'ARS',
  problems: [problem('order.skuNotInPriceBook', { sku: 'A-1', priceBook: 'Mayorista' })],
  since: 1,
  ...changes,
});
const trouble = (changes: Partial<Extract<Digest, { kind: 'trouble' }>> = {}): Digest => ({
  kind: 'trouble',
  orders: [order(1)],
  orderCount: 1,
  failedCount: 1,
  outages: [],
  schedule: null,
  ...changes,
});

describe('a mail about one order', () => {
  it('names it, its buyer, its exact total, the reason and what to do, in both forms', () => {
    const letter = composeDigest(trouble(), spanish);
    expect(letter.subject).toBe('Puente: Pedido 101 necesita atención');
    const reason = spanish.t('problem.order.skuNotInPriceBook.title', { sku: 'A-1', priceBook: 'Mayorista' });
    const action = spanish.t('problem.order.skuNotInPriceBook.action', {
      sku: 'A-1',
      priceBook: 'Mayorista',
    });
    for (const form of [letter.text, letter.html])
      for (const part of [
        'Pedido 101',
        'Distribuidora El Sol SRL',
        '12.345.678.901,10',
        reason,
        action,
        'CAJA-1',
      ])
        expect(form).toContain(part);
    expect(letter.html).toContain('<html lang="es-AR">');
  });

  it('speaks English where that was chosen', () => {
    const letter = composeDigest(trouble(), english);
    expect(letter.subject).toBe('Puente: Order 101 needs attention');
    expect(letter.text).toContain('12,345,678,901.10');
    expect(letter.text).not.toMatch(/pedido/i);
  });

  it('lets nothing of the order into the form: no mark-up, no new line in the subject', () => {
    const letter = composeDigest(
      trouble({
        orders: [order(1, { number: '1\r\nBcc: x@y.z', buyerName: '<img src=x onerror="alert(1)">' })],
      }),
      spanish,
    );
    expect(letter.subject).not.toMatch(/[\r\n]/);
    expect(letter.html).not.toContain('<img');
    expect(letter.html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  });

  it('keeps the other side’s own words to itself: they may hold anything', () => {
    const problems = [problem('order.refused', {}, { detail: 'session 00D5g!AQ4AQ' })];
    const letter = composeDigest(trouble({ orders: [order(1, { problems })] }), spanish);
    expect(letter.text + letter.html).not.toContain('00D5g');
  });

  it('has a name for one without a number, and counts problems beyond the fifth', () => {
    const problems = Array.from({ length: 8 }, (_unused, line) =>
      problem('order.quantityInvalid', {}, { line: line + 1 }),
    );
    const { text } = composeDigest(trouble({ orders: [order(1, { number: '?', problems })] }), spanish);
    expect(text).toContain('Pedido sin número');
    expect(text).toContain('Línea 5:');
    expect(text).not.toContain('Línea 6:');
    expect(text).toContain('Y 3 problemas más.');
  });
});

describe('a mail about an update by schedule', () => {
  const about = (schedule: ScheduleMatter) =>
    composeDigest(trouble({ orders: [], orderCount: 0, failedCount: 0, schedule }), spanish);

  it('says why the guard stopped the plan, and that nothing was written', () => {
    const stops = [
      { code: 'toZero', params: { count: 40, percent: 33.3, limit: '20' } },
      { code: 'noPrices', params: {} },
    ] as const;
    const { subject, text, html } = about({ kind: 'stopped', part: 'both', count: 120, stops });
    expect(subject).toBe('Puente: la actualización automática de stock y precios necesita atención');
    for (const form of [text, html])
      for (const part of ['120 productos', '40 productos con stock quedarían en cero', 'No se escribió nada'])
        expect(form).toContain(part);
    expect(text).toContain(spanish.t('catalog.guard.noPrices'));
    expect(text).not.toMatch(/pedido/i);
  });

  it.each<[ScheduleMatter, string]>([
    [
      { kind: 'failed', part: 'both', problem: problem('org.warehouseMissing', { name: 'Depósito Sur' }) },
      'Depósito Sur',
    ],
    [{ kind: 'held', part: 'both', count: 7, problem: problem('store.tokenRefused') }, 'faltan 7 productos'],
    [{ kind: 'refused', part: 'both', count: 1 }, 'rechazó 1 producto'],
    [{ kind: 'blocked', part: 'both' }, 'hay una en pausa'],
  ])('names the matter: %j', (matter, sentence) => {
    expect(about(matter).text).toContain(sentence);
  });

  it.each([
    ['both', 'La actualización automática de stock y precios no pudo hacerse'],
    ['stock', 'La actualización automática de stock no pudo hacerse'],
    ['prices', 'La actualización automática de precios no pudo hacerse'],
  ] as const)('names what the update was to write: %s', (part, sentence) => {
    expect(about({ kind: 'failed', part, problem: problem('org.timeout') }).text).toContain(sentence);
  });

  it('is about the orders first where there are any', () => {
    const letter = composeDigest(trouble({ schedule: { kind: 'blocked', part: 'both' } }), spanish);
    expect(letter.subject).toBe('Puente: Pedido 101 necesita atención');
    expect(letter.text).toContain('hay una en pausa');
  });
});

it.each<ScheduleMatter>([
  { kind: 'planned', part: 'both', count: 3 },
  { kind: 'stopped', part: 'both', count: 3, stops: [{ code: 'orgEmpty', params: {} }] },
  { kind: 'failed', part: 'both', problem: problem('org.unreachable') },
  { kind: 'held', part: 'both', count: 3, problem: problem('store.tokenRefused') },
  { kind: 'refused', part: 'both', count: 3 },
  { kind: 'blocked', part: 'both' },
])('a notification about $kind says it in both languages and leads to stock and prices', (matter) => {
  for (const { t } of [spanish, english]) {
    const { title, body, to } = noticeText({ kind: 'schedule', matter }, t);
    for (const text of [title, body]) expect(text).not.toMatch(/^$|alerts\.|problem\.|catalog\./);
    expect(to).toEqual({ screen: 'catalog' });
  }
});

describe('a mail about more', () => {
  it('counts what it does not list, and what was told before', () => {
    const letter = composeDigest(
      trouble({ orders: [order(1), order(2)], orderCount: 60, failedCount: 75 }),
      spanish,
    );
    expect(letter.subject).toBe('Puente: 60 pedidos necesitan atención');
    expect(letter.text).toContain('Y 58 pedidos más.');
    expect(letter.text).toContain('75');
  });

  it('puts a refused sign-in first: nothing moves until a person acts', () => {
    const outages = [
      {
        side: 'org',
        since: Date.UTC(2026, 10, 20, 15),
        problem: problem('org.wrongCredentials'),
        told: null,
      },
    ] as const;
    const { subject, text } = composeDigest(trouble({ outages: [...outages] }), spanish);
    const title = spanish.t('problem.org.wrongCredentials.title');
    expect(subject).toBe(`Puente: ${title}`);
    expect(text.indexOf(title)).toBeLessThan(text.indexOf('Pedido 101'));
  });
});

it('says that all is well, and that it is only a test, in both languages', () => {
  for (const sender of [spanish, english]) {
    expect(composeDigest({ kind: 'allWell' }, sender).subject).toBe(sender.t('alerts.mail.allWell.subject'));
    expect(composeTest(sender).text).toContain(sender.t('alerts.mail.test.text'));
  }
});
