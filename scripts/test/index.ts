import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Counts, countCheck, countPlaywright, countVitest } from './counts';
import { runStep } from './step';

interface Step {
  name: string;
  args: string[];
  /** Reads what the step counted; a check that counts nothing is one test itself. */
  count: (passed: boolean, report: string) => Counts;
  env?: (report: string) => Record<string, string>;
}

const tsx = ['--import', 'tsx'];

const steps: Step[] = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit'], count: countCheck },
  {
    name: 'lint',
    args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
    count: countCheck,
  },
  {
    name: 'architecture',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      'contract',
      'main',
      'preload',
      'renderer',
      'sandbox',
    ],
    count: countCheck,
  },
  { name: 'unused code', args: ['node_modules/knip/bin/knip.js'], count: countCheck },
  {
    name: 'unit and integration',
    args: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'],
    env: () => ({}),
    count: countVitest,
  },
  {
    name: 'e2e',
    args: [...tsx, 'scripts/test/e2e.ts'],
    env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    count: countPlaywright,
  },
];

/** `npm test`: every check there is, one after the other, and one line of figures at the end. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'puente-test-'));
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const [index, step] of steps.entries()) {
      const report = join(folder, `${index}.json`);
      const args = step.count === countVitest ? [...step.args, `--outputFile.json=${report}`] : step.args;
      const passed = await runStep(step.name, args, step.env?.(report) ?? {});
      const counts = step.count(passed, report);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (total.failed > 0) process.exitCode = 1;
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
}

await main();
