import { createRandom, type Random } from '../seed/random';
import {
  type Fault,
  type FaultInput,
  type HttpFault,
  type MailFault,
  parseFault,
  type Refusal,
} from './fault';

export interface FaultReport {
  id: string;
  /** The preset that the rule came from. */
  preset: string | null;
  fault: Fault;
  /** Matching requests so far, and how many of them were struck. */
  seen: number;
  struck: number;
}

/** What a rule looks at in a request. */
export interface Target {
  method: string;
  path: string;
  /** Tells one request from another, for rules that strike each of them once. */
  fingerprint?: () => string;
}

interface Rule extends FaultReport {
  pattern: RegExp | null;
  random: Random;
  known: Set<string>;
}

/** The faults in force. A request is matched once; the same answer holds for both of its phases. */
export class Faults {
  private rules: Rule[] = [];
  private number = 0;

  /** Puts a rule in force. Throws a ZodError when it cannot be meant. */
  add(input: FaultInput, preset: string | null = null): FaultReport {
    const fault = parseFault(input);
    const source = fault.target === 'mailbox' ? fault.address : fault.path;
    const rule: Rule = {
      id: `fault-${++this.number}`,
      preset,
      fault,
      pattern: source === undefined ? null : new RegExp(source),
      random: createRandom(fault.seed),
      known: new Set(),
      seen: 0,
      struck: 0,
    };
    this.rules.push(rule);
    return report(rule);
  }

  /** Takes one rule out of force; false when there is none of this name. */
  remove(id: string): boolean {
    const before = this.rules.length;
    this.rules = this.rules.filter((rule) => rule.id !== id);
    return this.rules.length < before;
  }

  clear(): void {
    this.rules = [];
  }

  report(): FaultReport[] {
    return this.rules.map(report);
  }

  /** The faults that strike this request, in the order they were set. */
  strike(target: HttpFault['target'], request: Target): HttpFault[] {
    const struck: HttpFault[] = [];
    for (const rule of this.rules) {
      const { fault } = rule;
      if (fault.target !== target || fault.kind === 'refuse') continue;
      if (meant(rule, fault, request) && strikes(rule)) struck.push(fault);
    }
    return struck;
  }

  /** The refusal that a record meets when it is written to the org. */
  refusal(method: string, object: string): Refusal | null {
    for (const rule of this.rules) {
      const { fault } = rule;
      if (fault.target === 'mailbox' || fault.kind !== 'refuse') continue;
      if (meant(rule, fault, { method, path: `sobjects/${object}` }) && strikes(rule)) return fault;
    }
    return null;
  }

  /** What meets a mail client at one step of its conversation. */
  strikeMail(at: MailFault['at'], address: string): MailFault[] {
    const struck: MailFault[] = [];
    for (const rule of this.rules) {
      const { fault } = rule;
      if (fault.target !== 'mailbox' || fault.at !== at) continue;
      if ((rule.pattern === null || rule.pattern.test(address)) && strikes(rule)) struck.push(fault);
    }
    return struck;
  }
}

function meant(rule: Rule, fault: HttpFault, request: Target): boolean {
  const { method, first } = fault;
  if (method !== undefined && ![method].flat().includes(request.method)) return false;
  if (rule.pattern !== null && !rule.pattern.test(request.path)) return false;
  if (first !== true) return true;
  const print = request.fingerprint?.() ?? '';
  if (rule.known.has(print)) return false;
  rule.known.add(print);
  return true;
}

/** Counts a matching request and decides about it. */
function strikes(rule: Rule): boolean {
  const { nth, times, chance } = rule.fault;
  rule.seen++;
  if (nth !== undefined && rule.seen !== nth) return false;
  if (times !== undefined && rule.struck >= times) return false;
  if (chance !== undefined && rule.random.next() >= chance) return false;
  rule.struck++;
  return true;
}

const report = ({ id, preset, fault, seen, struck }: Rule): FaultReport => ({
  id,
  preset,
  fault,
  seen,
  struck,
});
