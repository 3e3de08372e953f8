import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { readReport } from './report';

/** Reads from a runner's report which tests failed, a line each: file, test and the first line of why. */
export type ReadFailures = (report: string) => string[];

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().default(''),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

export const failuresOfVitest: ReadFailures = (report) =>
  (readReport(vitestReport, report)?.testResults ?? []).flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    const place = relative('', file.name);
    // A file that does not load has no tests that could fail.
    if (failed.length === 0) return file.status === 'failed' ? [line(place, '', file.message)] : [];
    return failed.map((test) => line(place, test.fullName, test.failureMessages?.[0] ?? ''));
  });

const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().default('') })) })),
    }),
  ),
});

interface Suite {
  specs: z.infer<typeof spec>[];
  suites?: Suite[] | undefined;
}

const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(spec), suites: z.array(suite).optional() }),
);

const playwrightReport = z.object({ suites: z.array(suite) });

export const failuresOfPlaywright: ReadFailures = (report) =>
  (readReport(playwrightReport, report)?.suites ?? [])
    .flatMap(specsOf)
    .flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) =>
          line(file, title, results.flatMap(({ errors }) => errors).at(0)?.message ?? ''),
        ),
    );

function specsOf({ specs, suites = [] }: Suite): Suite['specs'] {
  return [...specs, ...suites.flatMap(specsOf)];
}

function line(...parts: string[]): string {
  const [why = ''] = stripVTControlCharacters(parts.at(-1) ?? '').split('\n');
  return [...parts.slice(0, -1), why].filter((part) => part !== '').join(' · ');
}
