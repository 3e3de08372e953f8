import { z } from 'zod';
import { readReport } from './report';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
});

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** A check without figures of its own counts as one test. */
export function countCheck(passed: boolean): Counts {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** A run that ends badly without a failed test (a crash, a broken file) is a failure all the same. */
export function countVitest(passed: boolean, report: string): Counts {
  const read = readReport(vitestReport, report);
  if (read === null) return countCheck(false);
  const failed = read.numFailedTests;
  return {
    passed: read.numPassedTests,
    failed: passed ? failed : Math.max(1, failed),
    skipped: read.numPendingTests + read.numTodoTests,
  };
}

/** A test that passes only now and then has failed. */
export function countPlaywright(passed: boolean, report: string): Counts {
  const read = readReport(playwrightReport, report);
  if (read === null) return countCheck(false);
  const { expected, unexpected, flaky, skipped } = read.stats;
  const failed = unexpected + flaky;
  return { passed: expected, failed: passed ? failed : Math.max(1, failed), skipped };
}

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The last line of a run, which machines read: skipped tests are told only where there are any. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
