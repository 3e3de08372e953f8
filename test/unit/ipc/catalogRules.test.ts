import { describe, expect, it } from 'vitest';
import { type CatalogRules, catalogRulesSchema, defaultCatalogRules } from '../../../contract/catalogRules';
import type { CatalogRulesDraft } from '../../../contract/catalogRulesView';
import { catalogRulesHandlers } from '../../../main/ipc/catalogRules';

const hourly = catalogRulesSchema.parse({ schedule: { on: true, everyMinutes: 60 } });

function handlers(before: CatalogRules = hourly) {
  let kept = before;
  let told = 0;
  return {
    told: () => told,
    kept: () => kept,
    ...catalogRulesHandlers({
      rules: () => ({
        get: () => kept,
        save: (rules) => {
          kept = rules;
        },
      }),
      sides: () => null,
      onSaved: () => {
        told += 1;
      },
    }),
  };
}
const { schedule, history, ...rest } = defaultCatalogRules;
const draft: CatalogRulesDraft = {
  ...rest,
  schedule: { ...schedule, fullEveryHours: '24' },
  history: { keepDays: String(history.keepDays) },
};
const changed = (part: Partial<CatalogRulesDraft>): CatalogRulesDraft => ({ ...draft, ...part });

describe('the rules for stock and prices', () => {
  it('are saved as typed, with a decimal comma and blanks for none', async () => {
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
    });
  });

  it('hold the schedule, which goes by them as soon as they are saved', async () => {
    const { kept, told, ...calls } = handlers();
    expect(await calls['catalogRules.get']()).toMatchObject({
      value: { rules: { schedule: { on: true, everyMinutes: 60, fullEveryHours: '24' } } },
    });
    const set = { on: true, everyMinutes: 240, part: 'stock', dryRun: true, fullEveryHours: ' 48 ' } as const;
    expect(await calls['catalogRules.save'](changed({ schedule: set }))).toMatchObject({
      value: { kind: 'saved', view: { rules: { schedule: { ...set, fullEveryHours: '48' } } } },
    });
    expect(kept().schedule).toEqual({ ...set, fullEveryHours: 48 });
    expect(told()).toBe(1);
  });

  it.each(['0', '169', '1.5', 'un día', ''])(
    'refuse %j as the hours until everything is read',
    async (hours) => {
      const { kept, told, ...calls } = handlers();
      const set = { ...draft.schedule, fullEveryHours: hours };
      expect(await calls['catalogRules.save'](changed({ schedule: set }))).toMatchObject({
        value: { kind: 'invalid', fields: { 'schedule.fullEveryHours': 'hours' } },
      });
      expect(kept().schedule.fullEveryHours).toBe(24);
      expect(told()).toBe(0);
    },
  );

  it('say for how many days updates are kept', async () => {
    const { kept, ...calls } = handlers();
    expect(await calls['catalogRules.save'](changed({ history: { keepDays: ' 30 ' } }))).toMatchObject({
      value: { kind: 'saved', view: { rules: { history: { keepDays: '30' } } } },
    });
    expect(kept().history).toEqual({ keepDays: 30 });
    for (const keepDays of ['6', '3651', '30.5', 'siempre', ''])
      expect(await calls['catalogRules.save'](changed({ history: { keepDays } }))).toMatchObject({
        value: { kind: 'invalid', fields: { 'history.keepDays': 'days' } },
      });
    expect(kept().history).toEqual({ keepDays: 30 });
  });

  it('keep what was saved before updates were removed, which are then kept for half a year', () => {
    const { history: _unknown, ...before } = catalogRulesSchema.parse({ stock: { buffer: '3' } });
    const read = catalogRulesSchema.parse(JSON.parse(JSON.stringify(before)));
    expect(read).toEqual({ ...before, history: { keepDays: 180 } });
  });

  it('keep a schedule from before it could write one of the two alone, which then writes both', async () => {
    const { kept, ...calls } = handlers();
    const { part: _unknown, ...before } = catalogRulesSchema.parse({
      schedule: { on: true, everyMinutes: 240 },
    }).schedule;
    const read = catalogRulesSchema.parse({ schedule: JSON.parse(JSON.stringify(before)) });
    expect(read.schedule).toEqual({ ...before, part: 'both' });
    expect(kept().schedule.part).toBe('both');
    expect(await calls['catalogRules.get']()).toMatchObject({
      value: { rules: { schedule: { part: 'both' } } },
    });
  });

  it('feed each list of the store from one price book', async () => {
    const { kept, told, ...calls } = handlers();
    const lists = [
      { priceBook: 'Lista A', list: 'vip' },
      { priceBook: 'Lista A', list: 'interior' },
      { priceBook: 'Lista B', list: ' vip ' },
    ];
    expect(await calls['catalogRules.save'](changed({ prices: { ...draft.prices, lists } }))).toMatchObject({
      value: { kind: 'invalid', fields: { 'prices.lists.list': 'listTwice' } },
    });
    expect([kept().prices.lists, told()]).toEqual([[], 0]);
    const some = lists.slice(0, 2);
    expect(
      await calls['catalogRules.save'](changed({ prices: { ...draft.prices, lists: some } })),
    ).toMatchObject({ value: { kind: 'saved' } });
  });

  it('are read and shown although an older program saved a list twice', async () => {
    const lists = [
      { priceBook: 'Lista A', list: 'vip' },
      { priceBook: 'Lista B', list: 'vip' },
    ];
    const { kept: _kept, ...calls } = handlers(catalogRulesSchema.parse({ prices: { lists } }));
    expect(await calls['catalogRules.get']()).toMatchObject({ value: { rules: { prices: { lists } } } });
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
