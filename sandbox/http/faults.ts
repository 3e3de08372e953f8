import { z } from 'zod';
import { createRandom, type Random } from '../seed/random';

/** A fault on demand: which requests it strikes, before or after they took effect, and how. */
export const faultSchema = z
  .object({
    target: z.enum(['org', 'store']),
    method: z
      .string()
      .transform((method) => method.toUpperCase())
      .optional(),
    /** Regular expression on the path, e.g. `composite/graph$`. */
    path: z.string().refine(isPattern, 'not a regular expression').optional(),
    /** `before`: the request has no effect. `after`: it took effect, and its answer is lost. */
    phase: z.enum(['before', 'after']).default('before'),
    /** Only the nth matching request, counted from 1. */
    nth: z.number().int().positive().optional(),
    /** At most so many times. */
    times: z.number().int().positive().optional(),
    /** Each matching request with this chance, decided by `seed`. */
    chance: z.number().min(0).max(1).optional(),
    seed: z.number().int().default(1),
  })
  .and(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('drop') }),
      z.object({ kind: z.literal('delay'), ms: z.number().int().positive() }),
      z.object({
        kind: z.literal('status'),
        status: z.number().int().min(200).max(599),
        body: z.string().default(''),
        contentType: z.string().default('application/json;charset=UTF-8'),
        headers: z.record(z.string(), z.string()).default({}),
      }),
      z.object({ kind: z.literal('truncate') }),
      /**
       * The org itself refuses a record, also inside a graph or a collection, e.g. UNABLE_TO_LOCK_ROW. Here
       * `method` is POST, PATCH or DELETE and `path` is matched with `sobjects/<Object>`.
       */
      z.object({
        kind: z.literal('refuse'),
        errorCode: z.string().min(1),
        message: z.string(),
        fields: z.array(z.string()).default([]),
      }),
    ]),
  );

export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;

interface Rule {
  fault: Fault;
  pattern: RegExp | null;
  random: Random;
  seen: number;
  struck: number;
}

export interface FaultReport {
  fault: Fault;
  seen: number;
  struck: number;
}

/** The faults in force. A request is matched once; the same answer holds for both of its phases. */
export class Faults {
  private rules: Rule[] = [];

  add(input: FaultInput): void {
    const fault = faultSchema.parse(input);
    this.rules.push({
      fault,
      pattern: fault.path === undefined ? null : new RegExp(fault.path),
      random: createRandom(fault.seed),
      seen: 0,
      struck: 0,
    });
  }

  clear(): void {
    this.rules = [];
  }

  report(): FaultReport[] {
    return this.rules.map(({ fault, seen, struck }) => ({ fault, seen, struck }));
  }

  /** The faults that strike this request, in the order they were set. */
  strike(target: Fault['target'], method: string, path: string): Fault[] {
    return this.rules
      .filter((rule) => rule.fault.kind !== 'refuse' && hits(rule, target, method, path))
      .map((rule) => rule.fault);
  }

  /** The refusal that a record meets when it is written to the org. */
  refusal(method: string, object: string): Extract<Fault, { kind: 'refuse' }> | null {
    for (const rule of this.rules) {
      const { fault } = rule;
      if (fault.kind === 'refuse' && hits(rule, 'org', method, `sobjects/${object}`)) return fault;
    }
    return null;
  }
}

function hits(rule: Rule, target: Fault['target'], method: string, path: string): boolean {
  const { fault } = rule;
  if (fault.target !== target) return false;
  if (fault.method !== undefined && fault.method !== method) return false;
  if (rule.pattern && !rule.pattern.test(path)) return false;
  rule.seen++;
  if (fault.nth !== undefined && rule.seen !== fault.nth) return false;
  if (fault.times !== undefined && rule.struck >= fault.times) return false;
  if (fault.chance !== undefined && rule.random.next() >= fault.chance) return false;
  rule.struck++;
  return true;
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
