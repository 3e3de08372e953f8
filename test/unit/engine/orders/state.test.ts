import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportStatus } from '../../../../contract/export';
import { problem } from '../../../../contract/problem';
import { actionsFor, dueAt, type ExportEvent, transition } from '../../../../main/engine/orders/state';

const lost = problem('org.answerLost');
const at = 1_000;

const events: fc.Arbitrary<ExportEvent> = fc.oneof(
  fc.constant<ExportEvent>({ type: 'sendStarted', at }),
  fc.constant<ExportEvent>({ type: 'written', at, orgId: '801', orgNumber: '1', buyerMade: true }),
  fc.constant<ExportEvent>({ type: 'found', at, orgId: '801', orgNumber: '1' }),
  fc.constant<ExportEvent>({ type: 'absent', at, nextTryAt: at }),
  fc.constant<ExportEvent>({ type: 'answerLost', at, nextTryAt: at, problem: lost }),
  fc.constant<ExportEvent>({ type: 'refused', at, problems: [problem('order.noLines')] }),
  fc.constant<ExportEvent>({ type: 'notSent', at, nextTryAt: at, problem: problem('org.recordLocked') }),
  fc.constant<ExportEvent>({ type: 'postponed', at }),
  fc.constant<ExportEvent>({ type: 'interrupted', at, problem: lost }),
  fc.constant<ExportEvent>({ type: 'sendRequested', at }),
  fc.constant<ExportEvent>({ type: 'held', at, reason: 'credit' }),
  fc.constant<ExportEvent>({ type: 'released', at }),
  fc.constant<ExportEvent>({ type: 'dismissed', at, reason: 'test order' }),
  fc.constant<ExportEvent>({ type: 'restored', at }),
  fc.constant<ExportEvent>({ type: 'heldByRule', at, rule: { code: 'cancelledInStore', params: {} } }),
  fc.constant<ExportEvent>({ type: 'rulesChanged', at }),
  fc.constant<ExportEvent>({ type: 'edited', at }),
  fc.constant<ExportEvent>({ type: 'cancelled', at }),
  fc.constant<ExportEvent>({ type: 'undoStarted', at, nextTryAt: at }),
  fc.constant<ExportEvent>({ type: 'undone', at }),
  fc.constant<ExportEvent>({ type: 'undoFailed', at, orgId: '801', orgNumber: '1' }),
);

/** Plays events on an order; impossible ones change nothing, as in the outbox. */
function play(sequence: readonly ExportEvent[], start: ExportStatus = { state: 'pending' }): ExportStatus[] {
  const trail = [start];
  let status = start;
  for (const event of sequence) {
    status = transition(status, event) ?? status;
    trail.push(status);
  }
  return trail;
}

/** These say for certain that the org does not have the order. */
const rulesItOut: ReadonlySet<ExportEvent['type']> = new Set([
  'absent',
  'notSent',
  'postponed',
  'refused',
  'undone',
]);

describe('transition', () => {
  it('takes an order from pending to exported', () => {
    const trail = play([
      { type: 'sendStarted', at },
      { type: 'written', at, orgId: '801', orgNumber: '00000100', buyerMade: false },
    ]);
    expect(trail.map((status) => status.state)).toEqual(['pending', 'sending', 'exported']);
  });

  it('puts an order in doubt when the program dies while sending it, and sends it only once looked up', () => {
    const trail = play([
      { type: 'sendStarted', at },
      { type: 'interrupted', at, problem: lost },
      { type: 'sendStarted', at },
      { type: 'absent', at, nextTryAt: at },
      { type: 'sendStarted', at },
    ]);
    expect(trail.map((status) => status.state)).toEqual([
      'pending',
      'sending',
      'unknown',
      'unknown',
      'retrying',
      'sending',
    ]);
  });

  it('counts tries through doubts and retries', () => {
    const trail = play([
      { type: 'sendStarted', at },
      { type: 'answerLost', at, nextTryAt: at, problem: lost },
      { type: 'absent', at, nextTryAt: at },
      { type: 'sendStarted', at },
    ]);
    expect(trail.at(-1)).toEqual({ state: 'sending', since: at, tries: 2 });
  });

  it('leaves `exported` only when a person takes the order back out', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (sequence) => {
        let status: ExportStatus = { state: 'pending' };
        for (const event of sequence) {
          const next: ExportStatus = transition(status, event) ?? status;
          if (status.state === 'exported' && next.state !== 'exported') {
            expect(event.type).toBe('undoStarted');
            // Until it is known what became of it, nothing else can happen to it.
            expect(next).toMatchObject({ state: 'unknown', undoing: { orgId: '801' } });
          }
          status = next;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('waits for a person once an order has been taken back out', () => {
    const taken: ExportStatus[] = play([
      { type: 'sendStarted', at },
      { type: 'written', at, orgId: '801', orgNumber: '1', buyerMade: true },
      { type: 'undoStarted', at, nextTryAt: at },
      { type: 'absent', at, nextTryAt: at },
      { type: 'rulesChanged', at },
    ]);
    expect(taken.at(-1)).toMatchObject({ state: 'held', rule: { code: 'undone' } });
  });

  it('keeps an order exported whose undoing the org refused, with all that was known of it', () => {
    const trail = play([
      { type: 'sendStarted', at },
      { type: 'written', at, orgId: '801', orgNumber: '1', buyerMade: true },
      { type: 'undoStarted', at, nextTryAt: at },
      { type: 'undoFailed', at, orgId: '801', orgNumber: '1' },
    ]);
    expect(trail.at(-1)).toEqual(trail.at(-3));
  });

  it('starts a send only from states in which nothing of the order can be in the org', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (sequence) => {
        let mayBeInOrg = false;
        let status: ExportStatus = { state: 'pending' };
        for (const event of sequence) {
          const next = transition(status, event);
          if (next === null) continue;
          expect(event.type === 'sendStarted' && mayBeInOrg).toBe(false);
          mayBeInOrg = event.type === 'sendStarted' || (mayBeInOrg && !rulesItOut.has(event.type));
          expect(!mayBeInOrg || ['sending', 'unknown', 'exported'].includes(next.state)).toBe(true);
          status = next;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves every order either on its way, in the org, or with a reason why not', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (sequence) => {
        const status = play(sequence).at(-1);
        if (status === undefined) throw new Error('no status');
        const onItsWay = dueAt(status) !== null || status.state === 'sending';
        const explained =
          status.state === 'exported' ||
          (status.state === 'failed' && status.problems.length > 0) ||
          status.state === 'held' ||
          status.state === 'dismissed';
        expect(onItsWay !== explained).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets a person do exactly what the actions offer', () => {
    const byAction = {
      sendNow: { type: 'sendRequested', at },
      hold: { type: 'held', at, reason: '' },
      release: { type: 'released', at },
      dismiss: { type: 'dismissed', at, reason: 'x' },
      restore: { type: 'restored', at },
      undo: { type: 'undoStarted', at, nextTryAt: at },
    } as const satisfies Record<string, ExportEvent>;
    fc.assert(
      fc.property(fc.array(events, { maxLength: 20 }), (sequence) => {
        const status = play(sequence).at(-1);
        if (status === undefined) throw new Error('no status');
        for (const [action, event] of Object.entries(byAction))
          expect(transition(status, event) !== null).toBe(actionsFor(status).some((one) => one === action));
      }),
    );
  });
});
