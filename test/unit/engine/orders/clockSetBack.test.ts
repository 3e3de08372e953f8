import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problem } from '../../../../contract/problem';
import { openDatabase } from '../../../../main/storage/database';
import { createOutbox } from '../../../../main/storage/outbox/repository';
import { makeOrder } from '../../../support/orders';

const hours = 3_600_000;

it('an order in doubt is due when its next try lies further off than any wait can be', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'puente-'));
  const database = openDatabase(join(folder, 'puente.db'));
  const outbox = createOutbox(database, () => undefined);
  const at = 100 * hours;
  const { added } = await outbox.takeIn(
    [{ kind: 'order', order: makeOrder('1'), raw: '{}' }],
    { kind: 'store', feed: 'f', cursor: 'c' },
    at,
  );
  const id = added[0]?.id ?? 0;
  const attempts = await outbox.beginSends([{ id, exportKey: 'WEB-1', identifier: 'WEB', lines: [] }], at);
  const event = { type: 'answerLost', at, nextTryAt: at + 60_000, problem: problem('org.timeout') } as const;
  const attemptId = attempts.get(id) ?? 0;
  await outbox.finish([{ id, attemptId, event, outcome: 'answerLost', problems: [event.problem] }]);

  const dueAt = async (now: number) => (await outbox.due(now, { urgentOnly: false, limit: 9 })).length;
  expect(await dueAt(at + 59_000)).toBe(0);
  expect(await dueAt(at + 60_000)).toBe(1);
  expect(await dueAt(at - 3 * hours)).toBe(1);
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
