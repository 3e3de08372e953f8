import { describe, expect, it } from 'vitest';
import { isOwnAddress } from '../../../main/shell/origin';

describe('isOwnAddress', () => {
  it.each(['app://puente/', 'app://puente/index.html', 'app://puente/assets/index.js?x=1'])(
    'takes %s',
    (address) => expect(isOwnAddress(address)).toBe(true),
  );

  it.each([
    'app://puente.evil.example/',
    'app://evil@puente.example/',
    'https://puente/',
    'file:///etc/passwd',
    'app:puente',
    'javascript:alert(1)',
    '',
  ])('refuses %s', (address) => expect(isOwnAddress(address)).toBe(false));
});
