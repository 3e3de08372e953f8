import { expect, it } from 'vitest';
import { KeySet } from '../../../main/storage/catalog/keySet';

it('knows every key it was given and no other', () => {
  const keys = new KeySet();
  const key = (index: number) => `01tHs${String(index).padStart(10, '0')}IAA`;
  for (let index = 0; index < 50_000; index += 1) expect(keys.add(key(index))).toBe(true);
  expect(keys.size).toBe(50_000);
  expect(keys.add(key(7))).toBe(false);
  expect(keys.size).toBe(50_000);
  for (let index = 0; index < 100_000; index += 1) expect(keys.has(key(index))).toBe(index < 50_000);
});
