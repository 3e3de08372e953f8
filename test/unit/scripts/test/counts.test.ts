import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { add, closingLine, countCheck, countPlaywright, countVitest } from '../../../../scripts/test/counts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-counts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

it('counts a check as one test', () => {
  expect(countCheck(true)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(countCheck(false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('reads what the runners counted', () => {
  const vitest = report({ numPassedTests: 7, numFailedTests: 0, numPendingTests: 2 });
  expect(countVitest(true, vitest)).toEqual({ passed: 7, failed: 0, skipped: 2 });
  const playwright = report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 } });
  expect(countPlaywright(false, playwright)).toEqual({ passed: 5, failed: 2, skipped: 0 });
});

it('never takes a run that broke for one that passed', () => {
  const clean = report({ numPassedTests: 7, numFailedTests: 0, numPendingTests: 0 });
  expect(countVitest(false, clean).failed).toBe(1);
  expect(countVitest(true, join(folder, 'no-report.json')).failed).toBe(1);
  expect(countPlaywright(true, join(folder, 'no-report.json')).failed).toBe(1);
});

it('takes half a report for a failure, not for the end of the run', () => {
  const half = join(folder, 'half.json');
  writeFileSync(half, '{"numPassedTests": 7,');
  expect(countVitest(true, half)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('sums up in the line that machines read', () => {
  expect(closingLine(add(countCheck(true), { passed: 2, failed: 0, skipped: 0 }))).toBe('3 passed, 0 failed');
  expect(closingLine({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
});
