import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultRules, orderRulesSchema } from '../../../contract/rules';
import { type RulesDraft, rulesDraftSchema, rulesPreviewSchema } from '../../../contract/rulesView';
import { rulesHandlers } from '../../../main/ipc/rules';
import { openDemoRules } from '../../../main/settings/demoRules';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const draft = (changes: Partial<RulesDraft> = {}): RulesDraft => ({ ...defaultRules, ...changes });
const vatDefaults = {
  'responsable-inscripto': 'RI',
  monotributo: 'MT',
  exento: 'EX',
  'consumidor-final': 'CF',
  other: 'OT',
};

function open() {
  const onSaved = vi.fn();
  const rules = openDemoRules(folder);
  return {
    rules,
    onSaved,
    handlers: rulesHandlers({ rules: () => rules, connections: () => null, vatDefaults, onSaved }),
  };
}

describe('the rules for orders', () => {
  it('are safe as they come, and go to the window and back unchanged', async () => {
    const { handlers } = open();
    const view = await handlers['rules.get'](undefined);
    expect(view).toMatchObject({
      value: {
        rules: {
          buyerPolicy: 'createIfMissing',
          activateAs: '',
          amounts: { discount: 'spread', tax: 'field' },
        },
      },
    });
    expect(orderRulesSchema.parse(rulesDraftSchema.parse(defaultRules))).toEqual(defaultRules);
  });

  it('are kept as they were typed, in the numbers that were meant', async () => {
    const { handlers, onSaved } = open();
    const typed = draft({
      amounts: {
        ...defaultRules.amounts,
        taxRatePercent: ' 10,5 ',
        shipping: 'line',
        shippingSku: ' ENVIO ',
      },
      hold: { ...defaultRules.hold, totalOver: '150000,50', confirmedFrom: '2026-01-01', confirmedTo: '' },
    });
    expect(await handlers['rules.save'](typed)).toMatchObject({ value: { kind: 'saved' } });
    expect(onSaved).toHaveBeenCalledTimes(1);
    // The next start reads what this one has written.
    expect(openDemoRules(folder).get()).toMatchObject({
      amounts: { taxRatePercent: '10.5', shippingSku: 'ENVIO' },
      hold: { totalOver: '150000.50', confirmedFrom: '2026-01-01', confirmedTo: null },
    });
  });

  it.each([
    ['amounts.shippingSku', 'required', { amounts: { ...defaultRules.amounts, shipping: 'line' } }],
    ['amounts.taxRatePercent', 'amount', { amounts: { ...defaultRules.amounts, taxRatePercent: '101' } }],
    ['hold.totalOver', 'amount', { hold: { ...defaultRules.hold, totalOver: '1.500' } }],
    ['hold.totalOver', 'amount', { hold: { ...defaultRules.hold, totalOver: '-5' } }],
    ['hold.confirmedFrom', 'date', { hold: { ...defaultRules.hold, confirmedFrom: '31/12/2026' } }],
    [
      'hold.confirmedTo',
      'dateOrder',
      { hold: { ...defaultRules.hold, confirmedFrom: '2026-02-01', confirmedTo: '2026-01-01' } },
    ],
    ['activateAs', 'tooLong', { activateAs: 'x'.repeat(256) }],
    ['hold.paymentTerms', 'required', { hold: { ...defaultRules.hold, paymentTerms: [' '] } }],
  ] as const)('are refused with %s: %s', async (field, code, changes) => {
    const { handlers, rules, onSaved } = open();
    expect(await handlers['rules.save'](draft(changes as Partial<RulesDraft>))).toEqual({
      ok: true,
      value: { kind: 'invalid', fields: { [field]: code } },
    });
    expect(rules.get()).toEqual(defaultRules);
    expect(onSaved).not.toHaveBeenCalled();
  });

  it('start afresh from a file that cannot be read', () => {
    writeFileSync(join(folder, 'rules.json'), '{');
    expect(openDemoRules(folder).get()).toEqual(defaultRules);
  });
});

describe('the preview', () => {
  const handlers = rulesHandlers({
    rules: () => null,
    connections: () => null,
    vatDefaults,
    onSaved: async () => undefined,
  });

  it('shows a sample order as the store has it and as the org would get it', async () => {
    const answer = await handlers['rules.preview'](draft());
    const preview = rulesPreviewSchema.parse(answer.ok && answer.value);
    expect(preview).toMatchObject({
      kind: 'preview',
      org: { fields: [{ charge: 'shipping' }, { charge: 'surcharge' }, { charge: 'tax' }] },
    });
  });

  it.each(['net', 'gross'] as const)('ties out under every rule (%s)', async (storePrices) => {
    for (const orgPrices of ['same', 'net', 'gross'] as const)
      for (const discount of ['spread', 'field', 'line'] as const)
        for (const mode of ['line', 'field', 'leaveOut'] as const) {
          const amounts = {
            ...defaultRules.amounts,
            storePrices,
            orgPrices,
            discount,
            shipping: mode,
            surcharge: mode,
            tax: mode,
            discountSku: 'D',
            shippingSku: 'S',
            surchargeSku: 'R',
            taxSku: 'I',
          };
          expect(await handlers['rules.preview'](draft({ amounts }))).toMatchObject({
            value: { kind: 'preview' },
          });
        }
  });

  it('tells which fields are wrong', async () => {
    const amounts = { ...defaultRules.amounts, taxRatePercent: 'veintiuno' };
    expect(await handlers['rules.preview'](draft({ amounts }))).toMatchObject({
      value: { kind: 'invalid', fields: { 'amounts.taxRatePercent': 'amount' } },
    });
  });
});
