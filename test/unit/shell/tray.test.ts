import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ProblemCode, problem } from '../../../contract/problem';
import type { Link, Status } from '../../../contract/status';
import { drawIcon } from '../../../main/shell/tray/draw';
import { headline } from '../../../main/shell/tray/headline';
import { trayMenu } from '../../../main/shell/tray/menu';
import { createTexts } from '../../../main/texts';

const spanish = createTexts()('es-AR');
const english = createTexts()('en');
const none = {
  pending: 0,
  sending: 0,
  retrying: 0,
  unknown: 0,
  exported: 0,
  failed: 0,
  held: 0,
  dismissed: 0,
};
const up: Link = { state: 'up', since: 1 };
const down = (code: ProblemCode): Link => ({
  state: 'down',
  since: 1,
  problem: problem(code),
  nextTryAt: null,
});

const now = Date.parse('2026-11-20T10:00:00Z');
const off = { on: false, everyMinutes: 0, pausedUntil: null };
const calm: Status = {
  version: '1',
  platform: 'linux',
  locale: 'es-AR',
  mode: 'live',
  store: up,
  org: up,
  automatic: { on: true, everyMinutes: 0, pausedUntil: null },
  counts: none,
  changed: 0,
  orgHost: null,
  schedule: 'well',
};
const say = (changes: Partial<Status>) => headline({ ...calm, ...changes }, spanish, now);

describe('headline', () => {
  it.each<[string, Partial<Status>, string, string]>([
    ['all well', {}, 'ok', 'Todo en orden'],
    ['orders on their way', { counts: { ...none, sending: 2 } }, 'working', 'Enviando: 2 pedidos en camino'],
    [
      'paused for an hour',
      { automatic: { on: true, everyMinutes: 0, pausedUntil: now + 3_600_000 } },
      'waiting',
      'Envío automático en pausa',
    ],
    [
      'a pause that is over',
      { automatic: { on: true, everyMinutes: 0, pausedUntil: now } },
      'ok',
      'Todo en orden',
    ],
    ['switched off', { automatic: off }, 'waiting', 'Envío automático en pausa'],
    [
      'paused with one order waiting',
      { automatic: off, counts: { ...none, pending: 1 } },
      'waiting',
      'Envío automático en pausa: 1 pedido espera',
    ],
    [
      'no calls left',
      { org: down('org.dailyLimit') },
      'waiting',
      'Salesforce no acepta más llamadas por hoy',
    ],
    [
      'store away',
      { store: down('store.unreachable') },
      'offline',
      'Sin conexión con la tienda: los pedidos esperan',
    ],
    [
      'sign-in refused by one side while the other is away',
      { store: down('store.tokenRefused'), org: down('org.unreachable') },
      'trouble',
      spanish('problem.store.tokenRefused.title'),
    ],
    ['nothing set up', { org: { state: 'off' } }, 'waiting', 'Falta configurar la conexión con Salesforce'],
    [
      'updates by schedule in trouble',
      { schedule: 'trouble', automatic: off },
      'trouble',
      'La actualización de stock y precios necesita atención',
    ],
    [
      'a plan to look through',
      { schedule: 'plan' },
      'waiting',
      'Hay un plan de stock y precios para revisar',
    ],
    [
      'failed orders, whatever else there is',
      { counts: { ...none, failed: 3, sending: 1 }, org: down('org.unreachable') },
      'trouble',
      '3 pedidos necesitan atención',
    ],
  ])('%s', (_name, changes, look, sentence) => {
    expect(say(changes)).toMatchObject({ look, sentence });
  });
});

describe('trayMenu', () => {
  const failed = [1, 2, 3, 4, 5].map((id) => ({ id, number: `100${id}`, buyerName: 'Pérez & Hijos' }));
  const labels = (status: Status, of = failed) =>
    trayMenu(status, of, english, now).flatMap((item) => (item === 'separator' ? [] : [item.label]));

  it('names the first failed orders, leads to each, and to all of them', () => {
    const items = trayMenu({ ...calm, counts: { ...none, failed: 12 } }, failed, english, now);
    expect(items).toContainEqual({
      label: 'Order 1001 · Pérez && Hijos',
      action: { do: 'openOrder', id: 1 },
    });
    expect(items).toContainEqual({ label: 'Show the 12 orders with problems', action: { do: 'openFailed' } });
    expect(items[0]).toEqual({ label: '12 orders need attention', action: null });
  });

  it('leads to stock and prices where an update by schedule needs somebody', () => {
    const items = trayMenu({ ...calm, schedule: 'plan' }, [], english, now);
    expect(items.slice(1, 4)).toEqual([
      'separator',
      { label: 'Show the plan for stock and prices', action: { do: 'openCatalog' } },
      'separator',
    ]);
  });

  it('pauses or resumes, whichever there is to do', () => {
    expect(labels(calm, [])).toEqual([
      'All is well',
      'Open Puente',
      'Send now',
      'Pause automatic export',
      'Quit Puente',
    ]);
    expect(labels({ ...calm, automatic: off }, [])).toContain('Resume automatic export');
  });

  it('offers nothing to send before a connection is set up', () => {
    expect(labels({ ...calm, mode: 'unset', org: { state: 'off' } }, [])).toEqual([
      'Choose how to begin',
      'Open Puente',
      'Quit Puente',
    ]);
  });
});

describe('drawIcon', () => {
  const pixels = (png: Buffer) => inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  const hue = (png: Buffer, size: number, x: number, y: number) => [
    ...pixels(png).subarray(y * (size * 4 + 1) + 1 + x * 4, y * (size * 4 + 1) + 5 + x * 4),
  ];

  it('is a PNG of the size asked for', () => {
    const png = drawIcon('ok', 0, 24, false);
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([24, 24]);
    expect(pixels(png)).toHaveLength(24 * (24 * 4 + 1));
  });

  it('looks different in every state and for every number', () => {
    const icons = (['ok', 'working', 'waiting', 'offline'] as const).map((look) =>
      drawIcon(look, 0, 16, false),
    );
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((count) => drawIcon('trouble', count, 16, false));
    expect(new Set([...icons, ...numbers].map((png) => png.toString('hex'))).size).toBe(14);
  });

  it('has a red badge over the corner in trouble, and only black in macOS’s form', () => {
    expect(hue(drawIcon('trouble', 3, 64, false), 64, 45, 62)).toEqual([201, 42, 42, 255]);
    expect(hue(drawIcon('trouble', 3, 64, true), 64, 45, 62)).toEqual([0, 0, 0, 255]);
    expect(hue(drawIcon('ok', 0, 64, false), 64, 45, 62)[3]).toBe(0);
  });
});
