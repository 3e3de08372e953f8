import { describe, expect, it } from 'vitest';
import { type CatalogRules, catalogRulesSchema, defaultCatalogRules } from '../../../contract/catalogRules';
import type { CatalogRulesDraft } from '../../../contract/catalogRulesView';
import { catalogRulesHandlers } from '../../../main/ipc/catalogRules';

function handlers() {
  let kept: CatalogRules = catalogRulesSchema.parse({ schedule: { on: true, everyMinutes: 60 } });
  return {
    kept: () => kept,
    ...catalogRulesHandlers({
      rules: () => ({
        get: () => kept,
        save: (rules) => {
          kept = rules;
        },
      }),
      sides: () => null,
    }),
  };
}
const { schedule: _schedule, ...draft } = defaultCatalogRules;
const changed = (part: Partial<CatalogRulesDraft>): CatalogRulesDraft => ({ ...draft, ...part });

describe('the rules for stock and prices', () => {
  it('are saved as typed, with a decimal comma and blanks for none, and leave the schedule alone', async () => {
    const { kept, ...calls } = handlers();
    const saved = await calls['catalogRules.save'](
      changed({
        stock: { ...draft.stock, buffer: ' 2,5 ', cap: '' },
        guard: { ...draft.guard, toZeroPercent: null },
      }),
    );
    expect(saved).toMatchObject({ ok: true, value: { kind: 'saved' } });
    expect(kept()).toMatchObject({
      stock: { buffer: '2.5', cap: null },
      guard: { toZeroPercent: null, priceMovePercent: '50' },
      schedule: { on: true, everyMinutes: 60 },
    });
  });

  it('are refused field by field, and nothing of them is kept', async () => {
    const { kept, ...calls } = handlers();
    const answer = await calls['catalogRules.save'](
      changed({
        stock: { ...draft.stock, percent: '120', buffer: '-1' },
        prices: { ...draft.prices, lists: [{ priceBook: '', list: 'interior' }] },
      }),
    );
    expect(answer).toMatchObject({
      value: {
        kind: 'invalid',
        fields: { 'stock.percent': 'amount', 'stock.buffer': 'amount', 'prices.lists.priceBook': 'required' },
      },
    });
    expect(kept().stock.percent).toBe('100');
  });
});
