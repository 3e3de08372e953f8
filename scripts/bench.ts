import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runAsCommand } from './runAsCommand';
import { runToEnd } from './system/supervise';

const folder = fileURLToPath(new URL('../test/bench/', import.meta.url));

/** `npm run bench <name> [-- options]`: measures what must be fast or small; never part of the tests. */
async function bench([name, ...args]: string[]): Promise<number> {
  const file = `${folder}${name}.bench.ts`;
  if (name === undefined || !/^\w+$/.test(name) || !existsSync(file)) {
    const names = readdirSync(folder).flatMap((entry) => /^(\w+)\.bench\.ts$/.exec(entry)?.[1] ?? []);
    console.error(`npm run bench <name>: ${names.join(', ')}`);
    return 2;
  }
  return runToEnd(process.execPath, ['--import', 'tsx', file, ...args], process.env, 'end');
}

runAsCommand(() => bench(process.argv.slice(2)));
