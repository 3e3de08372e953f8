import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { PlanOptions } from './plan';

export type ChaosOptions = PlanOptions & {
  /** Where to write the figures. */
  json?: string | undefined;
  /** Keep databases and the programs' output there. */
  keep?: string | undefined;
};

export const usage = `npm run chaos -- [--orders N] [--kills N] [--faults SHARE] [--seed N] [--json FILE] [--keep FOLDER] [--short]

  --orders N      orders that the store confirms (2000)
  --kills N       how often a desktop is killed with -9 (30)
  --faults SHARE  share of all calls that meet a fault (0.2)
  --seed N        the same number gives the same plan (1)
  --json FILE     write the figures there
  --keep FOLDER   keep databases and the programs' output there
  --short         120 orders and 3 kills, unless said otherwise`;

const whole = z.coerce.number().int().min(0);

/** Reads the command line. Throws an Error that names what is wrong. */
export function readOptions(argv: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    options: {
      orders: { type: 'string' },
      kills: { type: 'string' },
      faults: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'string' },
      keep: { type: 'string' },
      short: { type: 'boolean', default: false },
    },
  });
  const parsed = z
    .object({
      orders: whole
        .min(1)
        .max(50_000)
        .default(values.short ? 120 : 2000),
      kills: whole.max(1000).default(values.short ? 3 : 30),
      // With every call faulted nothing could ever arrive.
      faults: z.coerce.number().min(0).max(0.6).default(0.2),
      seed: whole.max(4_294_967_295).default(1),
      json: z.string().min(1).optional(),
      keep: z.string().min(1).optional(),
    })
    .safeParse(values);
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${told.join('\n')}\n${usage}`);
}
