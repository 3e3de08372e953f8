import { expect, it } from 'vitest';
import { askAhead } from '../../../main/storage/catalog/ahead';

interface Page {
  to: string | null;
}
const pages: Record<string, Page> = { '': { to: 'a' }, a: { to: 'b' }, b: { to: 'c' }, c: { to: null } };

const pageAfter = (after: string): Page => {
  const page = pages[after];
  if (page === undefined) throw new Error(`nothing is after ${after}`);
  return page;
};

const settled = () => new Promise(setImmediate);

it('takes what is sorted in its order, two asked for before they are wanted, and ends', async () => {
  const asked: string[] = [];
  const takeNext = askAhead(
    async (after) => {
      asked.push(after);
      return pageAfter(after);
    },
    ({ to }) => to,
  );
  expect(asked).toEqual([]);
  expect(await takeNext()).toBe(pages['']);
  await settled();
  expect(asked).toEqual(['', 'a', 'b']);
  expect(await takeNext()).toBe(pages['a']);
  expect(await takeNext()).toBe(pages['b']);
  expect(await takeNext()).toBe(pages['c']);
  expect(await takeNext()).toBeNull();
  expect(asked).toEqual(['', 'a', 'b', 'c']);
});

it('tells of what went wrong to whoever takes it, and to nobody before', async () => {
  const takeNext = askAhead(
    async (after) => {
      if (after === 'a') throw new Error('the disk');
      return pageAfter(after);
    },
    ({ to }) => to,
  );
  await takeNext();
  await settled();
  await expect(takeNext()).rejects.toThrow('the disk');
});
