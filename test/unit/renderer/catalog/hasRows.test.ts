import { describe, expect, it } from 'vitest';
import { problem } from '../../../../contract/problem';
import { hasRows } from '../../../../renderer/catalog/hasRows';
import { someRun } from '../../../support/runs';

describe('the rows of a run', () => {
  it('are not there when it failed or was cancelled while reading', () => {
    expect(hasRows(someRun({ status: { state: 'failed', problem: problem('org.unavailable') } }))).toBe(
      false,
    );
    const counts = { applied: 0, refused: 0, left: 0 };
    expect(hasRows(someRun({ status: { state: 'cancelled', ...counts } }))).toBe(false);
  });

  it('are there when something changes', () => {
    const counts = { applied: 1, refused: 0, left: 0 };
    expect(hasRows(someRun({ status: { state: 'done', ...counts } }))).toBe(true);
  });
});
