import { writeFileSync } from 'node:fs';
import { runAsCommand } from '../../scripts/runAsCommand';
import { direct } from './direct';
import { prepareGround } from './ground';
import { isClean, judge, type Verdict } from './judge';
import { readOptions } from './options';
import { makePlan } from './plan';

/** More of them tell a person nothing new. */
const findingsShown = 40;

/** The run itself, on a desktop that `npm run chaos` has prepared. Progress goes to stderr. */
async function run(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  const say = (line: string) => console.error(line);
  const plan = makePlan(options);
  say(`${plan.orders} orders, ${plan.kills.length} kills, ${plan.faults * 100} % faults, seed ${plan.seed}`);
  const ground = await prepareGround({ orders: plan.orders, keep: options.keep, say });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void ground.clearUp().finally(() => process.exit(130)));
  try {
    const course = await direct(plan, ground, say);
    const verdict = judge(plan, ground, course);
    tell(verdict);
    if (options.json !== undefined)
      writeFileSync(options.json, `${JSON.stringify(verdict.figures, null, 2)}\n`);
    return isClean(verdict.figures) ? 0 : 1;
  } finally {
    await ground.clearUp();
  }
}

function tell({ figures, findings, notes }: Verdict): void {
  for (const finding of findings.slice(0, findingsShown)) console.error(`WRONG: ${finding}`);
  if (findings.length > findingsShown) console.error(`… and ${findings.length - findingsShown} more`);
  const rows = [...Object.entries(figures), ...notes];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
}

runAsCommand(() => run(process.argv.slice(2)));
