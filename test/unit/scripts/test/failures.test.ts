import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { failuresOfPlaywright, failuresOfVitest } from '../../../../scripts/test/failures';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-failures-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

it('names the tests that failed, and why in a line', () => {
  const file = report({
    testResults: [
      {
        name: resolve('test/unit/a.test.ts'),
        status: 'failed',
        message: '',
        assertionResults: [
          { fullName: 'adds up', status: 'failed', failureMessages: ['Error: 3 is not 4\n  at a.ts'] },
          { fullName: 'starts', status: 'passed', failureMessages: [] },
        ],
      },
    ],
  });
  expect(failuresOfVitest(file)).toEqual(['test/unit/a.test.ts · adds up · Error: 3 is not 4']);
});

it('names a file that did not load', () => {
  const file = report({
    testResults: [
      { name: resolve('b.test.ts'), status: 'failed', message: 'No such module', assertionResults: [] },
      { name: resolve('c.test.ts'), status: 'passed', message: '', assertionResults: [] },
    ],
  });
  expect(failuresOfVitest(file)).toEqual(['b.test.ts · No such module']);
});

it('finds what failed in nested groups of the real program', () => {
  const one = (title: string, status: string, message?: string) => ({
    title,
    file: 'orders.spec.ts',
    tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  });
  const file = report({
    suites: [
      {
        specs: [one('is seen', 'expected')],
        suites: [
          {
            specs: [
              one('is sent', 'unexpected', '\u001b[31mError: nothing was sent\u001b[39m\nmore'),
              one('is retried', 'flaky'),
            ],
          },
        ],
      },
    ],
  });
  expect(failuresOfPlaywright(file)).toEqual([
    'orders.spec.ts · is sent · Error: nothing was sent',
    'orders.spec.ts · is retried',
  ]);
});

it('has nothing to say of a report that is not there', () => {
  expect(failuresOfVitest(join(folder, 'none.json'))).toEqual([]);
  expect(failuresOfPlaywright(join(folder, 'none.json'))).toEqual([]);
});
