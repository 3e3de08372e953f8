import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { SandboxOptions } from './options';
import { demoSize } from './seed/house';

export type ParsedArgs =
  | { kind: 'run'; options: SandboxOptions }
  | { kind: 'help' }
  | {
      kind: 'wrong';
      argument: string;
      reason: 'unknown' | 'port' | 'number' | 'interval' | 'path' | 'content';
    };

const known = {
  'org-port': { type: 'string', default: '8081' },
  'store-port': { type: 'string', default: '8082' },
  'smtp-port': { type: 'string', default: '2525' },
  'smtps-port': { type: 'string' },
  'control-port': { type: 'string', default: '8083' },
  seed: { type: 'string', default: '7' },
  'orders-every': { type: 'string', default: '30s' },
  keep: { type: 'string' },
  products: { type: 'string' },
  'stock-everywhere': { type: 'boolean', default: false },
  from: { type: 'string' },
  empty: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value <= most);

const port = wholeNumber(65_535);

const valuesSchema = z.object({
  'org-port': port,
  'store-port': port,
  'smtp-port': port,
  'smtps-port': port.optional(),
  'control-port': port,
  seed: wholeNumber(4_294_967_295),
  'orders-every': z
    .string()
    .transform(readInterval)
    .refine((value) => value !== undefined)
    .transform((value) => value ?? null),
  keep: z.string().trim().min(1).optional(),
  products: wholeNumber(1_000_000).optional(),
  'stock-everywhere': z.boolean(),
  from: z.string().trim().min(1).optional(),
  empty: z.boolean(),
});

/**
 * The command line of `npm run sandbox`. Ports default to 8081 (org), 8082 (store), 2525 (mail) and 8083
 * (control); 0 takes a free one. `--smtps-port` opens a port for mail that is encrypted from its first byte.
 * `--orders-every off` lets no orders arrive by themselves.
 */
export function parseCommandLine(argv: readonly string[]): ParsedArgs {
  const { values, tokens } = parseArgs({ args: [...argv], options: known, strict: false, tokens: true });
  if (values['help'] === true) return { kind: 'help' };
  for (const token of tokens) {
    if (token.kind === 'positional') return { kind: 'wrong', argument: token.value, reason: 'unknown' };
    if (token.kind === 'option' && !(token.name in known)) {
      return { kind: 'wrong', argument: token.rawName, reason: 'unknown' };
    }
  }
  const parsed = valuesSchema.safeParse(values);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? '');
    return { kind: 'wrong', argument: `--${name}`, reason: reasonFor(name) };
  }
  const given = parsed.data;
  if ([given.empty, given.from !== undefined, given.products !== undefined].filter(Boolean).length > 1) {
    return { kind: 'wrong', argument: '--empty, --from, --products', reason: 'content' };
  }
  const every = given['orders-every'];
  const secureMailbox = given['smtps-port'];
  return {
    kind: 'run',
    options: {
      ports: {
        org: given['org-port'],
        store: given['store-port'],
        mailbox: given['smtp-port'],
        control: given['control-port'],
        ...(secureMailbox === undefined ? {} : { secureMailbox }),
      },
      seed: given.seed,
      content: contentOf(given),
      ...(given.keep === undefined ? {} : { keep: given.keep }),
      ...(every === null ? {} : { arrivals: rhythm(every) }),
    },
  };
}

function contentOf(given: z.output<typeof valuesSchema>): NonNullable<SandboxOptions['content']> {
  if (given.empty) return 'empty';
  if (given.from !== undefined) return { file: given.from };
  return {
    ...demoSize,
    ...(given.products === undefined ? {} : { products: given.products }),
    stockEverywhere: given['stock-everywhere'],
  };
}

/** The first order within seconds, then around the interval, a third to either side. */
export function rhythm(everyMs: number): NonNullable<SandboxOptions['arrivals']> {
  return {
    firstMs: Math.min(3000, everyMs),
    everyMs: { from: Math.round((everyMs * 2) / 3), to: Math.round((everyMs * 4) / 3) },
  };
}

/** Milliseconds, `null` for "off", `undefined` for what is no interval. */
function readInterval(text: string): number | null | undefined {
  if (text === 'off') return null;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  if (!match) return undefined;
  const unit = match[2] === 'ms' ? 1 : match[2] === 's' ? 1000 : 60_000;
  const ms = Math.round(Number(match[1]) * unit);
  return ms >= 100 ? ms : undefined;
}

function reasonFor(name: string): Extract<ParsedArgs, { kind: 'wrong' }>['reason'] {
  if (name === 'seed' || name === 'products') return 'number';
  if (name === 'orders-every') return 'interval';
  if (name === 'keep' || name === 'from') return 'path';
  return name.endsWith('-port') ? 'port' : 'unknown';
}
