import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { add, type Counts, closingLine, countCheck, countPlaywright, countVitest } from './counts';
import { failuresOfPlaywright, failuresOfVitest, type ReadFailures } from './failures';
import { runStep } from './step';

interface Step {
  name: string;
  args: (report: string) => string[];
  env?: (report: string) => Record<string, string>;
  /** Reads what the step counted; a check that counts nothing is one test itself. */
  count: (passed: boolean, report: string) => Counts;
  failures?: ReadFailures;
}

const check = (name: string, ...args: string[]): Step => ({ name, args: () => args, count: countCheck });

const steps: Step[] = [
  check('types', 'node_modules/typescript/bin/tsc', '--noEmit'),
  check('lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  check(
    'architecture',
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    ...['contract', 'main', 'preload', 'renderer', 'sandbox'],
  ),
  check('unused code', 'node_modules/knip/bin/knip.js'),
  {
    name: 'unit and integration',
    args: (report) => [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    count: countVitest,
    failures: failuresOfVitest,
  },
  check('build', 'node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'),
  {
    name: 'e2e',
    args: () => ['--import', 'tsx', 'scripts/test/e2e.ts'],
    env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    count: countPlaywright,
    failures: failuresOfPlaywright,
  },
  check('chaos, the short form', '--import', 'tsx', 'scripts/chaos.ts', '--short'),
];

/** `npm test`: every check there is, one after the other, and one line of figures at the end, below what failed. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'puente-test-'));
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const failed: string[] = [];
  try {
    for (const [index, { name, args, env, count, failures }] of steps.entries()) {
      const report = join(folder, `${index}.json`);
      const passed = await runStep({ name, args: args(report), env: env?.(report) ?? {} });
      const counts = count(passed, report);
      if (counts.failed > 0) failed.push(name, ...(failures?.(report) ?? []).map((test) => `  ${test}`));
      total = add(total, counts);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (failed.length > 0) {
    process.exitCode = 1;
    console.log(['\nFAILED:', ...failed].join('\n'));
  }
  console.log(closingLine(total));
}

await main();
