import type { TrayLook } from './headline';
import { encodePng } from './png';

type Color = readonly [number, number, number];
/** Whether a point is part of a shape; the icon is 16 by 16, whatever its size in pixels. */
type Shape = (x: number, y: number) => boolean;

const bridgeColor: Color = [45, 127, 209];
const white: Color = [255, 255, 255];
const black: Color = [0, 0, 0];
const badgeColors: Record<TrayLook, Color | null> = {
  ok: null,
  working: [43, 138, 62],
  waiting: [217, 119, 6],
  trouble: [201, 42, 42],
  offline: [107, 114, 128],
};

/** Each pixel is looked at in so many places along each side, so that edges are smooth. */
const samples = 4;
const badge = { x: 11.2, y: 11.2, radius: 4.8 };

/**
 * Draws the tray's icon as PNG: a bridge, and over its corner a badge whose sign, not its colour alone, tells
 * the state. `template` is macOS's form: black on nothing, with the sign left out of the badge.
 */
export function drawIcon(look: TrayLook, count: number, size: number, template: boolean): Buffer {
  const pixels = new Uint8Array(size * size * 4);
  const sign = signOf(look, count);
  const badgeColor = badgeColors[look];
  const colorAt = (x: number, y: number): Color | null => {
    const distance = Math.hypot(x - badge.x, y - badge.y);
    if (badgeColor === null || distance > badge.radius + 0.7)
      return bridge(x, y) ? (template ? black : bridgeColor) : null;
    if (distance > badge.radius) return null;
    if (sign(x, y)) return template ? null : white;
    return template ? black : badgeColor;
  };
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1)
      pixels.set(pixel(colorAt, column, row, 16 / size), (row * size + column) * 4);
  return encodePng(size, pixels);
}

function pixel(colorAt: (x: number, y: number) => Color | null, column: number, row: number, unit: number) {
  const sum = [0, 0, 0];
  let hits = 0;
  for (let sample = 0; sample < samples * samples; sample += 1) {
    const x = (column + ((sample % samples) + 0.5) / samples) * unit;
    const y = (row + (Math.floor(sample / samples) + 0.5) / samples) * unit;
    const color = colorAt(x, y);
    if (color === null) continue;
    hits += 1;
    color.forEach((value, index) => {
      sum[index] = (sum[index] ?? 0) + value;
    });
  }
  const share = Math.max(1, hits);
  return [...sum.map((value) => Math.round(value / share)), Math.round((hits * 255) / (samples * samples))];
}

const box =
  (left: number, top: number, right: number, bottom: number): Shape =>
  (x, y) =>
    x >= left && x < right && y >= top && y < bottom;

const anyOf =
  (...shapes: Shape[]): Shape =>
  (x, y) =>
    shapes.some((shape) => shape(x, y));

/** A suspension bridge: deck, two towers, and the cables from shore to shore. */
const bridge = anyOf(box(0.5, 10.4, 15.5, 12.2), box(3.6, 2.6, 5.2, 14.4), box(10.8, 2.6, 12.4, 14.4), cable);

function cable(x: number, y: number): boolean {
  const [left, right, top, bottom] = [4.4, 11.6, 3.4, 9.4];
  const middle = (left + right) / 2;
  const height =
    x >= left && x <= right
      ? bottom - (bottom - top) * ((x - middle) / (middle - left)) ** 2
      : top + (bottom + 1 - top) * ((x < left ? left - x : x - right) / (left - 0.5));
  return x > 0.5 && x < 15.5 && Math.abs(y - height) < 0.75;
}

function signOf(look: TrayLook, count: number): Shape {
  const { x, y } = badge;
  switch (look) {
    case 'working':
      // An arrow to the right.
      return anyOf(
        box(x - 2.6, y - 0.7, x + 0.4, y + 0.7),
        (px, py) => px >= x && px - x + Math.abs(py - y) < 2.6,
      );
    case 'waiting':
      return anyOf(box(x - 2, y - 2.4, x - 0.6, y + 2.4), box(x + 0.6, y - 2.4, x + 2, y + 2.4));
    case 'offline':
      return (px, py) => {
        const [dx, dy] = [Math.abs(px - x), Math.abs(py - y)];
        return Math.abs(dx - dy) < 0.95 && dx < 2.5 && dy < 2.5;
      };
    case 'trouble':
      return count >= 1 && count <= 9
        ? digit(count)
        : anyOf(box(x - 0.8, y - 3, x + 0.8, y + 0.8), box(x - 0.8, y + 1.6, x + 0.8, y + 3));
    case 'ok':
      return () => false;
  }
}

/** The digits in three by five squares, row by row. */
const digits = [
  '111101101101111',
  '010110010010111',
  '111001111100111',
  '111001111001111',
  '101101111001001',
  '111100111001111',
  '111100111101111',
  '111001010010010',
  '111101111101111',
  '111101111001111',
];

function digit(value: number): Shape {
  const squares = digits[value] ?? '';
  const unit = 1.25;
  return (px, py) => {
    const column = Math.floor((px - badge.x) / unit + 1.5);
    const row = Math.floor((py - badge.y) / unit + 2.5);
    return column >= 0 && column < 3 && row >= 0 && row < 5 && squares[row * 3 + column] === '1';
  };
}
