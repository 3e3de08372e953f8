import { describe, expect, it } from 'vitest';
import { targetOf } from '../../../../renderer/ui/table/rowKeys';

describe('the keys of a list', () => {
  it('move by a row, by a page, and to the ends', () => {
    expect(targetOf('ArrowDown', 5, 10, 100)).toBe(6);
    expect(targetOf('ArrowUp', 5, 10, 100)).toBe(4);
    expect(targetOf('PageDown', 5, 10, 100)).toBe(15);
    expect(targetOf('PageUp', 15, 10, 100)).toBe(5);
    expect(targetOf('Home', 50, 10, 100)).toBe(0);
    expect(targetOf('End', 50, 10, 100)).toBe(99);
  });

  it('stop at the first and the last row', () => {
    expect(targetOf('ArrowUp', 0, 10, 100)).toBe(0);
    expect(targetOf('PageUp', 3, 10, 100)).toBe(0);
    expect(targetOf('PageDown', 95, 10, 100)).toBe(99);
  });

  it('leave other keys to others', () => {
    expect(targetOf('Enter', 5, 10, 100)).toBeNull();
    expect(targetOf('a', 5, 10, 100)).toBeNull();
  });
});
