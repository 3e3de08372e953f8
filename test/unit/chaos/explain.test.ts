import { describe, expect, it } from 'vitest';
import { type Deeds, explain } from '../../chaos/verdict/explain';
import type { Ledger, LedgerAttempt, LedgerOrder } from '../../chaos/verdict/ledger';

const attempt = (changes: Partial<LedgerAttempt> = {}): LedgerAttempt => ({
  number: '1',
  kind: 'send',
  startedAt: 1,
  finishedAt: 2,
  outcome: 'exported',
  problems: [],
  ...changes,
});
const order = (changes: Partial<LedgerOrder> = {}): LedgerOrder => ({
  number: '1',
  state: 'exported',
  status: {},
  ...changes,
});
const ledger = (changes: Partial<Ledger> = {}): Ledger => ({
  desktop: 'A',
  orders: [order()],
  attempts: [attempt()],
  ...changes,
});
const deeds = (changes: Partial<Deeds> = {}): Deeds => ({
  confirmed: ['1'],
  held: ['1'],
  interruptions: new Map([['A', 1]]),
  ...changes,
});

describe('what the logs leave unexplained', () => {
  it('is nothing where every attempt has an end and a reason', () => {
    const attempts = [
      attempt({ outcome: 'answerLost', problems: [{}] }),
      attempt({ outcome: 'interrupted' }),
      attempt({ kind: 'lookUp', outcome: 'absent' }),
      attempt(),
    ];
    expect(explain([ledger({ attempts })], deeds())).toEqual([]);
  });

  it.each<[string, LedgerAttempt]>([
    ['has no end', attempt({ finishedAt: null })],
    ['has no end', attempt({ outcome: 'running' })],
    ['has no reason', attempt({ outcome: 'notSent' })],
    ['has no reason', attempt({ outcome: 'refused' })],
  ])('is an attempt that %s', (words, doubtful) => {
    expect(explain([ledger({ attempts: [doubtful, attempt()] })], deeds())).toEqual([
      expect.stringContaining(words),
    ]);
  });

  it('is an interruption that nobody made', () => {
    const attempts = [attempt({ outcome: 'interrupted' }), attempt()];
    expect(explain([ledger({ attempts })], deeds({ interruptions: new Map() }))).toHaveLength(1);
  });

  it('is an order in the org that nobody has sent', () => {
    const lookedUp = [attempt({ kind: 'lookUp' })];
    expect(explain([ledger({ attempts: lookedUp })], deeds())).toEqual([
      'order 1 is in the org, and no desktop says to have sent it',
    ]);
    const other = ledger({ desktop: 'B' });
    expect(explain([ledger({ attempts: lookedUp }), other], deeds())).toEqual([]);
  });

  it('is an order that a desktop has never heard of', () => {
    expect(explain([ledger()], deeds({ confirmed: ['1', '2'] }))).toEqual(['A: order 2 has never come in']);
  });

  it.each<[string, LedgerOrder]>([
    ['pending without a reason', order({ state: 'pending' })],
    ['retrying without a reason', order({ state: 'retrying' })],
    ['failed without a reason', order({ state: 'failed', status: { problems: [] } })],
  ])('is an order that is %s', (words, doubtful) => {
    const attempts = [attempt({ outcome: 'notSent', problems: [{}] })];
    expect(explain([ledger({ orders: [doubtful], attempts })], deeds({ held: [] }))).toEqual([
      expect.stringContaining(words),
    ]);
  });

  it('is an order called exported that the org or the attempts do not know of', () => {
    expect(explain([ledger()], deeds({ held: [] }))).toHaveLength(1);
    expect(explain([ledger({ attempts: [attempt({ outcome: 'absent' })] })], deeds())).toHaveLength(1);
  });

  it('is an order called failed that the org has', () => {
    const failed = order({ state: 'failed', status: { problems: [{}] } });
    expect(explain([ledger({ orders: [failed] })], deeds())).toHaveLength(1);
    expect(explain([ledger({ orders: [failed] })], deeds({ held: [] }))).toEqual([]);
  });
});
