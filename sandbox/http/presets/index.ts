import { z } from 'zod';
import type { FaultInput } from '../fault';
import type { FaultReport, Faults } from '../faults';
import { mailPresets } from './mail';
import { orgPresets } from './org';
import type { Preset } from './preset';
import { type Scope, scopePatterns, scopes } from './scopes';
import { storePresets } from './store';

export const presets: Readonly<Record<string, Preset>> = { ...orgPresets, ...storePresets, ...mailPresets };

/** What can be asked of a preset; what is left out is as the preset has it. */
export const presetChoiceSchema = z.strictObject({
  /** Null: until it is removed. */
  times: z.number().int().positive().nullable().optional(),
  ms: z
    .number()
    .int()
    .positive()
    .max(15 * 60_000)
    .optional(),
  /** Which requests of the org it strikes. */
  scope: z.enum(scopes).optional(),
  /** Whether a request has taken effect when its answer goes astray. */
  phase: z.enum(['before', 'after']).optional(),
  chance: z.number().min(0).max(1).optional(),
  seed: z.number().int().optional(),
});
export type PresetChoice = z.infer<typeof presetChoiceSchema>;

/** Puts a preset in force; null when there is none of this name. */
export function addPreset(faults: Faults, name: string, choice: PresetChoice = {}): FaultReport | null {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  return preset === undefined ? null : faults.add(ruleOf(preset, choice), name);
}

function ruleOf(preset: Preset, choice: PresetChoice): FaultInput {
  const times = choice.times === undefined ? preset.times : choice.times;
  const often = {
    ...(times === null ? {} : { times }),
    ...(choice.chance === undefined ? {} : { chance: choice.chance }),
    ...(choice.seed === undefined ? {} : { seed: choice.seed }),
  };
  const rule = preset.rule({ ms: choice.ms ?? preset.ms ?? 0 });
  if (rule.target === 'mailbox') return { ...rule, ...often };
  const scope = choice.scope ?? preset.scope;
  const placed = rule.target === 'org' && rule.kind !== 'refuse' && scope !== undefined;
  return {
    ...rule,
    ...(placed ? requestsOf(scope) : {}),
    ...(choice.phase === undefined ? {} : { phase: choice.phase }),
    ...often,
  };
}

const requestsOf = (scope: Scope) => {
  const { method, path } = scopePatterns[scope];
  return { path, ...(method === undefined ? {} : { method }) };
};
