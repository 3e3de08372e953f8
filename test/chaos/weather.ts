import type { Sandbox } from '../../sandbox';
import type { FaultInput } from '../../sandbox/http/fault';
import { presets } from '../../sandbox/http/presets';
import { seedFor } from '../../sandbox/seed/random';

type HttpFaultInput = Extract<FaultInput, { target: 'org' | 'store' }>;

/** A fault of the mix: how often it comes beside the others of its place, and what is different here. */
interface Ingredient {
  preset: string;
  weight: number;
  phase?: 'before' | 'after';
  ms?: number;
  /** A server that asks to be left alone for half a minute would only make the run longer. */
  retryAfter?: '1';
}

const broken: Ingredient[] = [
  { preset: 'org-500-html', weight: 1, phase: 'before' },
  { preset: 'org-500-json', weight: 1, phase: 'after' },
  { preset: 'org-500-empty', weight: 1, phase: 'after' },
  { preset: 'org-503-html', weight: 1, phase: 'after' },
  { preset: 'org-503-json', weight: 1, phase: 'before' },
  { preset: 'org-503-empty', weight: 1, phase: 'before' },
];

/** Each place's calls meet one of its faults, as often as was asked for. */
const places: { path: string; mix: Ingredient[] }[] = [
  {
    path: '^/services/data/v',
    mix: [
      ...broken,
      { preset: 'org-drop-before', weight: 4 },
      { preset: 'org-drop-after', weight: 5 },
      { preset: 'org-truncated-json', weight: 2 },
      { preset: 'org-truncated-connection', weight: 2 },
      { preset: 'org-timeout', weight: 1, ms: 3000 },
      { preset: 'org-late', weight: 1, ms: 2000 },
      { preset: 'org-420', weight: 1 },
      { preset: 'org-429', weight: 1, retryAfter: '1' },
      { preset: 'org-403-concurrent-requests', weight: 0.3 },
      { preset: 'org-401-once', weight: 2 },
    ],
  },
  {
    path: '^/services/oauth2/',
    mix: [
      { preset: 'org-sign-in-down', weight: 1 },
      { preset: 'org-drop-before', weight: 1 },
      { preset: 'org-drop-after', weight: 1 },
      { preset: 'org-truncated-json', weight: 1 },
    ],
  },
  {
    path: '^/v1/',
    mix: [
      { preset: 'store-drop', weight: 3, phase: 'before' },
      { preset: 'store-drop', weight: 3, phase: 'after' },
      { preset: 'store-truncated', weight: 2 },
      { preset: 'store-429', weight: 1, retryAfter: '1' },
      { preset: 'store-503', weight: 1, retryAfter: '1' },
      { preset: 'store-502-html', weight: 1 },
      { preset: 'store-portal', weight: 1 },
      { preset: 'store-slow', weight: 1, ms: 2000 },
    ],
  },
];

/** Beside the mix, of orders that are written: somebody works on the buyer. */
const lockedShare = 0.02;
/** The day's calls are used up so often in a run; it makes a desktop wait for a quarter of an hour. */
const quotaBlows = 2;

export interface Weather {
  /** Lets the given share of all calls to org and store meet a fault. */
  storm(faults: number, seed: number): void;
  /** Says for a moment that the org's calls of the day are used up. */
  exhaustQuota(): void;
  clear(): void;
  calls(): number;
  /** Calls that really met a fault, and records that were refused. */
  struck(): number;
}

/** Rules the faults of a sandbox. One call meets one fault at most, so that they can be counted. */
export function createWeather({ faults }: Pick<Sandbox, 'faults'>): Weather {
  let calls = 0;
  let struck = 0;
  const strike = faults.strike.bind(faults);
  faults.strike = (target, request) => {
    const [first] = strike(target, request);
    calls += 1;
    if (first === undefined) return [];
    struck += 1;
    return [first];
  };
  const refusal = faults.refusal.bind(faults);
  faults.refusal = (method, object) => {
    const refused = refusal(method, object);
    if (refused !== null) struck += 1;
    return refused;
  };

  return {
    storm(share, seed) {
      let number = 0;
      for (const { path, mix } of places) {
        const sum = mix.reduce((total, { weight }) => total + weight, 0);
        for (const ingredient of mix) {
          // Together they leave as many calls alone as they should.
          const chance = 1 - (1 - share) ** (ingredient.weight / sum);
          faults.add({ ...ruleOf(ingredient), path, chance, seed: seedFor(seed, ++number) });
        }
      }
      if (share > 0)
        faults.add({
          ...plainRule('org-lock-row', 0),
          path: 'sobjects/Order$',
          method: 'POST',
          chance: lockedShare,
          seed: seedFor(seed, ++number),
        });
    },
    exhaustQuota() {
      faults.add({ ...plainRule('org-403-total-requests', 0), path: '^/services/data/v', times: quotaBlows });
    },
    clear: () => faults.clear(),
    calls: () => calls,
    struck: () => struck,
  };
}

function ruleOf({ preset, phase, ms = 0, retryAfter }: Ingredient): HttpFaultInput {
  const rule = plainRule(preset, ms);
  const placed = { ...rule, ...(phase === undefined ? {} : { phase }) };
  if (placed.kind !== 'status' || retryAfter === undefined) return placed;
  return { ...placed, headers: { ...placed.headers, 'retry-after': retryAfter } };
}

function plainRule(name: string, ms: number): HttpFaultInput {
  const rule = presets[name]?.rule({ ms });
  if (rule === undefined || rule.target === 'mailbox') throw new Error(`no fault of org or store: ${name}`);
  return rule;
}
