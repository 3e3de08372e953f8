import Big from 'big.js';
import { decimalSchema } from '../../contract/decimal';
import { ok, type Problem, problem } from '../../contract/problem';
import type {
  AmendOutcome,
  BuyerMatch,
  FoundOrder,
  OrderUnit,
  Org,
  PriceMatch,
  WriteOutcome,
} from '../../main/engine/ports';

/** What the org does with a write: commit it or not, and what it says about it. */
export type Behaviour =
  | 'ok'
  | 'lostAfter'
  | 'lostBefore'
  | 'unavailable'
  | 'locked'
  | 'noAccess'
  | 'down'
  | 'refused'
  | 'signIn'
  | 'quota';

export interface FakeOrg extends Org {
  /** Orders that were committed, as often as they were. */
  committed: OrderUnit[];
  buyers: Map<string, number>;
  writes: number;
  finds: number;
  /** Decides about each write, and whether look-ups work. */
  behave: (unit: OrderUnit) => Behaviour;
  lookUpsFail: Problem | null;
  missing: Set<string>;
  /** What becomes of taking an order back out. */
  removes: (exportKey: string) => AmendOutcome;
}

/** An org that keeps its promises (unique keys, all or nothing) and misbehaves exactly as told. */
export function createFakeOrg(): FakeOrg {
  const org: FakeOrg = {
    committed: [],
    buyers: new Map(),
    writes: 0,
    finds: 0,
    behave: () => 'ok',
    lookUpsFail: null,
    missing: new Set(),
    removes: () => ({ kind: 'done' }),
    maxAtomicLines: 498,

    async ping() {
      return org.lookUpsFail === null ? ok(undefined) : { ok: false, problem: org.lookUpsFail };
    },

    async lookUpPrices(skus) {
      if (org.lookUpsFail !== null) return { ok: false, problem: org.lookUpsFail };
      const match = (sku: string): PriceMatch =>
        org.missing.has(sku) ? { kind: 'none' } : { kind: 'one', entryId: `01u-${sku}` };
      return ok({
        priceBook: { id: '01s', name: 'Lista general' },
        currency: null,
        matches: new Map(skus.map((sku) => [sku, match(sku)])),
      });
    },

    async findBuyers(taxIds) {
      if (org.lookUpsFail !== null) return { ok: false, problem: org.lookUpsFail };
      const match = (taxId: string): BuyerMatch =>
        org.buyers.has(taxId) ? { kind: 'one', id: `001-${taxId}`, name: taxId } : { kind: 'none' };
      return ok(new Map(taxIds.map((taxId) => [taxId, match(taxId)])));
    },

    async lookUp(skus, taxIds, signal) {
      const prices = await org.lookUpPrices(skus, signal);
      if (!prices.ok) return prices;
      const buyers = await org.findBuyers(taxIds, signal);
      return buyers.ok ? ok({ prices: prices.value, buyers: buyers.value }) : buyers;
    },

    callRoom: { units: 75, records: 300 },
    recordsOf: (unit) => unit.lines.length + 3,

    async write(units) {
      org.writes += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return units.map((unit) => write(org, unit, org.behave(unit)));
    },

    amend: async () => ({ kind: 'done' }),

    async remove({ exportKey }) {
      const outcome = org.removes(exportKey);
      if (outcome.kind === 'done' || outcome.kind === 'answerLost')
        org.committed = org.committed.filter((unit) => unit.exportKey !== exportKey);
      return outcome;
    },

    async find(keys) {
      org.finds += 1;
      if (org.lookUpsFail !== null) return { ok: false, problem: org.lookUpsFail };
      const found = new Map<string, FoundOrder>();
      for (const unit of org.committed)
        if (keys.includes(unit.exportKey))
          found.set(unit.exportKey, {
            orgId: `801-${unit.exportKey}`,
            orgNumber: unit.orderNumber,
            lineCount: unit.lines.length,
            total: unitTotal(unit),
          });
      return ok(found);
    },

    verify: async () => [],
    host: () => 'org.example',
    outgoing: async () => ok([]),
    orderUrl: (orgId) => `https://org.example/${orgId}`,
  };
  return org;
}

function write(org: FakeOrg, unit: OrderUnit, behaviour: Behaviour): WriteOutcome {
  switch (behaviour) {
    case 'down':
      return { kind: 'notSent', problem: problem('org.unreachable') };
    case 'locked':
      return { kind: 'stuck', problem: problem('org.recordLocked') };
    case 'noAccess':
      return { kind: 'stuck', problem: problem('org.noAccess') };
    case 'signIn':
      return { kind: 'notSent', problem: problem('org.wrongCredentials') };
    case 'quota':
      return { kind: 'notSent', problem: problem('org.concurrentLimit') };
    case 'refused':
      return { kind: 'refused', problems: [problem('order.refusedByRule', { message: 'blocked' })] };
    case 'lostBefore':
      return { kind: 'answerLost', problem: problem('org.answerLost') };
    case 'unavailable':
      return { kind: 'answerLost', problem: problem('org.unavailable') };
    case 'lostAfter':
      return commit(org, unit) ?? { kind: 'answerLost', problem: problem('org.answerLost') };
    case 'ok':
      return (
        commit(org, unit) ?? {
          kind: 'written',
          orgId: `801-${unit.exportKey}`,
          orgNumber: unit.orderNumber,
          buyerMade: unit.buyer.kind === 'new',
        }
      );
  }
}

/** Null when it is in now; else why the org's unique fields stop it. */
function commit(org: FakeOrg, unit: OrderUnit): WriteOutcome | null {
  const duplicate: WriteOutcome = { kind: 'duplicate', problem: problem('order.refused') };
  if (org.committed.some((one) => one.exportKey === unit.exportKey)) return duplicate;
  if (unit.buyer.kind === 'new') {
    if (org.buyers.has(unit.buyer.record.taxId)) return duplicate;
    org.buyers.set(unit.buyer.record.taxId, 1);
  }
  org.committed.push(unit);
  return null;
}

function unitTotal(unit: OrderUnit) {
  const sum = unit.lines.reduce(
    (total, line) => total.plus(new Big(line.quantity).times(line.unitPrice)),
    new Big(0),
  );
  return decimalSchema.parse(sum.toFixed());
}
