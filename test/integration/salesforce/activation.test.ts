import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewBuyer, OrderUnit } from '../../../main/engine/ports';
import { type OrgAtWork, startOrgAtWork, unitFor } from '../../support/sandboxOrg';
import { writeOne } from '../../support/units';

let at: OrgAtWork;
beforeEach(async () => {
  at = await startOrgAtWork();
});
afterEach(() => at.stop());

const activated = { activateAs: 'Activated' };
const write = (unit: OrderUnit) => writeOne(at.org, unit);
const inOrg = () => at.sandbox.org.orders().map(({ status, lines }) => ({ status, lines: lines.length }));

const newBuyer: NewBuyer = {
  name: 'Almacén Nuevo',
  taxId: '20123456786',
  vatStatus: 'monotributo',
  address: null,
  phone: null,
  email: null,
};

describe('a long order that is to be activated', () => {
  it.each([497, 498, 499, 1_000, 5_000])('of %i lines with a new buyer ends up active', async (count) => {
    const unit = await unitFor(at, count, { ...activated, buyer: { kind: 'new', record: newBuyer } });
    expect(await write(unit)).toMatchObject({ kind: 'written', orgNumber: expect.any(String) });
    expect(inOrg()).toEqual([{ status: 'Activated', lines: count }]);
  });

  it.each(['before', 'after'] as const)(
    'is active once it has all its lines, and never before, wherever answers are lost (%s)',
    async (phase) => {
      const unit = await unitFor(at, 1_000, activated);
      at.sandbox.faults.add({
        target: 'org',
        method: 'POST',
        path: 'composite/',
        phase,
        kind: 'drop',
        chance: 0.5,
        seed: 5,
      });
      const kinds: string[] = [];
      do {
        kinds.push((await write(unit)).kind);
        for (const { status, lines } of inOrg()) expect(status === 'Activated').toBe(lines === 1_000);
      } while (kinds.at(-1) === 'answerLost' && kinds.length < 30);
      expect(kinds.length).toBeGreaterThan(1);
      expect(kinds.at(-1)).toBe('written');
      expect(inOrg()).toEqual([{ status: 'Activated', lines: 1_000 }]);
    },
  );

  it('is taken back when one of its last lines is refused', async () => {
    const unit = await unitFor(at, 700, activated);
    const lines = unit.lines.map((line, index) =>
      index === 650 ? { ...line, note: 'x'.repeat(256) } : line,
    );
    expect(await write({ ...unit, lines })).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'order.textTooLong' }],
    });
    expect(inOrg()).toEqual([]);
  });
});
