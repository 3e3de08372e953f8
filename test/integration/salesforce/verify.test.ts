import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultRules, type OrderRules } from '../../../contract/rules';
import type { VerifyStep } from '../../../contract/settings';
import { noSignal, type OrgAtWork, startOrgAtWork } from '../../support/sandboxOrg';

let at: OrgAtWork;
beforeEach(async () => {
  at = await startOrgAtWork();
});
afterEach(() => at.stop());

const nothingGone = { missing: [], notUnique: [], hidden: [] };

async function verify(): Promise<Map<VerifyStep['id'], VerifyStep>> {
  const steps = await at.org.verify(() => {}, noSignal);
  return new Map(steps.map((step) => [step.id, step]));
}

const outcomes = (steps: Map<VerifyStep['id'], VerifyStep>, outcome: VerifyStep['outcome']) =>
  [...steps.values()].filter((step) => step.outcome === outcome).map((step) => step.id);

describe('verify', () => {
  it('passes every step of an org that is set up, and says what it found', async () => {
    Object.assign(at.settings, { warehouse: 'COR', companies: [companyOf(0)] });
    const steps = await verify();
    expect(outcomes(steps, 'passed')).toHaveLength(steps.size);
    expect(steps.get('warehouse')?.facts).toMatchObject({
      name: 'Depósito Córdoba',
      priceBook: 'Lista Mayorista Interior',
    });
    expect(steps.get('priceBook')?.facts).toMatchObject({ name: 'Lista Mayorista Interior', found: 40 });
    expect(steps.get('orderStatus')?.facts).toEqual({ name: 'Draft' });
    expect(steps.get('quota')?.facts).toMatchObject({ limit: 100_000 });
  });

  it('tells each step as it goes: waiting, running, done', async () => {
    const seen: string[] = [];
    await at.org.verify((steps) => {
      const step = steps.find(({ id }) => id === 'orderFields');
      if (step !== undefined && seen.at(-1) !== step.outcome) seen.push(step.outcome);
    }, noSignal);
    expect(seen).toEqual(['waiting', 'running', 'passed']);
  });

  it('skips everything after a sign-in that was refused', async () => {
    at.secrets.password = 'wrong-password';
    const steps = await verify();
    expect(steps.get('loginAddress')?.outcome).toBe('passed');
    expect(steps.get('signIn')).toMatchObject({
      outcome: 'failed',
      problems: [{ code: 'org.wrongCredentials' }],
    });
    expect(outcomes(steps, 'skipped')).toHaveLength(steps.size - 2);
    expect(JSON.stringify([...steps])).not.toContain('wrong-password');
  });

  it('lays it on the address when that is no org', async () => {
    at.settings.loginUrl = at.sandbox.store.url;
    const steps = await verify();
    expect(steps.get('loginAddress')).toMatchObject({
      outcome: 'failed',
      problems: [{ code: 'org.wrongAddress' }],
    });
    expect(outcomes(steps, 'skipped')).toHaveLength(steps.size - 1);
  });

  it.each([
    ['orderFields', 'missing', 'Order.Puente_ExportKey__c', 'org.fieldMissing'],
    ['orderFields', 'hidden', 'Order.Puente_PaymentTerms__c', 'org.fieldMissing'],
    ['orderFields', 'notUnique', 'Order.Puente_ExportKey__c', 'org.fieldNotUnique'],
    ['lineFields', 'notUnique', 'OrderItem.Puente_LineKey__c', 'org.fieldNotUnique'],
    ['lineFields', 'missing', 'OrderItem.Puente_DiscountPercent__c', 'org.fieldMissing'],
    ['buyerFields', 'notUnique', 'Account.Puente_TaxId__c', 'org.fieldNotUnique'],
    ['productFields', 'missing', 'Product2.Puente_Company__c', 'org.fieldMissing'],
  ] as const)('%s: %s %s', async (id, how, name, code) => {
    at.sandbox.org.setFields({ ...nothingGone, [how]: [name] });
    const steps = await verify();
    const [object, field] = name.split('.');
    expect(steps.get(id)).toMatchObject({
      outcome: 'failed',
      problems: [{ code, params: { object, field } }],
    });
    // The other steps are told all the same.
    expect(outcomes(steps, 'skipped')).toEqual([]);
  });

  it.each([
    ['warehouse', { warehouse: 'Nowhere' }, 'org.warehouseMissing'],
    ['companies', { companies: ['Nobody SA'] }, 'org.companyMissing'],
    // Characters outside letters and digits take three places each in the key.
    ['identifier', { identifier: 'Ñ'.repeat(40) }, 'settings.invalid'],
  ] as const)('%s', async (id, changes, code) => {
    Object.assign(at.settings, changes);
    const steps = await verify();
    expect(steps.get(id)).toMatchObject({ outcome: 'failed', problems: [{ code }] });
  });

  it('misses a version of the API that the org does not offer', async () => {
    await at.stop();
    at = await startOrgAtWork({ apiVersion: '19.0' });
    expect((await verify()).get('apiVersion')).toMatchObject({
      outcome: 'failed',
      problems: [{ code: 'org.apiVersion', params: { expected: '19.0' } }],
    });
  });

  it('warns when the calls of the day run low, and when the price book is empty', async () => {
    await verify();
    at.sandbox.org.setSwitches({ dailyApiLimit: 2 * at.calls() + 1 });
    at.sandbox.org.core.db.run('UPDATE "PricebookEntry" SET "IsActive" = 0');
    const steps = await verify();
    expect(steps.get('quota')?.outcome).toBe('warned');
    expect(steps.get('priceBook')).toMatchObject({ outcome: 'warned', facts: { found: 0 } });
  });

  it('answers nothing from memory: what was mended shows at once', async () => {
    at.sandbox.org.setFields({ ...nothingGone, missing: ['Order.Puente_ExportKey__c'] });
    await verify();
    at.sandbox.org.setFields(nothingGone);
    expect((await verify()).get('orderFields')?.outcome).toBe('passed');
  });

  it('names what may have been meant', async () => {
    Object.assign(at.settings, { warehouse: 'Deposito Cordova', companies: [`${companyOf(0)}s`] });
    const steps = await verify();
    expect(steps.get('warehouse')?.problems).toMatchObject([
      { code: 'org.warehouseMissing' },
      { code: 'org.similarNames', params: { names: expect.stringContaining('Depósito Córdoba') } },
    ]);
    expect(steps.get('companies')?.problems).toMatchObject([
      { code: 'org.companyMissing' },
      { code: 'org.similarNames', params: { names: expect.stringContaining(companyOf(0)) } },
    ]);
  });

  it('tells who it is signed in as', async () => {
    expect((await verify()).get('user')?.facts).toMatchObject({ value: at.sandbox.org.credentials.username });
  });

  it('checks the status and the products that the rules ask for', async () => {
    await at.stop();
    const amounts = { ...defaultRules.amounts, shipping: 'line' as const, shippingSku: 'SRV-ENVIO' };
    let rules: OrderRules = { ...defaultRules, amounts, activateAs: 'Nobody' };
    at = await startOrgAtWork({ rules: () => rules });
    const steps = await verify();
    expect(steps.get('activation')).toMatchObject({
      outcome: 'failed',
      problems: [{ code: 'org.activeStatusMissing', params: { value: 'Nobody', names: 'Activated' } }],
    });
    expect(steps.get('serviceProducts')).toMatchObject({
      outcome: 'failed',
      problems: [{ code: 'org.serviceProductMissing', params: { sku: 'SRV-ENVIO' } }],
    });
    at.sandbox.org.addProducts([{ sku: 'SRV-ENVIO', name: 'Envío', price: '1' }]);
    rules = { ...rules, activateAs: 'Activated' };
    at.org.reset();
    const mended = await verify();
    expect([mended.get('activation')?.outcome, mended.get('serviceProducts')?.outcome]).toEqual([
      'passed',
      'passed',
    ]);
  });
});

const companyOf = (index: number): string => at.sandbox.world.products[index]?.company ?? '';
