import { describe, expect, it } from 'vitest';
import { nearNames } from '../../../../main/salesforce/verify/near';

const names = ['Depósito Córdoba', 'Depósito Central', 'Avellaneda', 'Mar del Plata', 'Z'];

describe('nearNames', () => {
  it.each([
    ['deposito cordova', 'Depósito Córdoba'],
    ['Córdoba', 'Depósito Córdoba'],
    ['avelaneda', 'Avellaneda'],
    ['Plata, Mar del', 'Mar del Plata'],
  ])('takes %s for %s', (typed, meant) => {
    expect(nearNames(typed, names)[0]).toBe(meant);
  });

  it('offers nothing where nothing is alike', () => {
    expect(nearNames('Rosario', names)).toEqual([]);
    expect(nearNames('', names)).toEqual([]);
  });
});
