import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultRules, type OrderRules, orderRulesSchema } from '../../contract/rules';

/** The sample data's own rules, kept in its folder and put away with it; what cannot be read starts afresh. */
export function openDemoRules(folder: string): { get(): OrderRules; save(rules: OrderRules): void } {
  const path = join(folder, 'rules.json');
  let current = read(path);
  return {
    get: () => current,
    save(rules) {
      // Renaming is all or nothing: a program that dies while writing leaves the old rules.
      writeFileSync(`${path}.new`, JSON.stringify(rules, null, 2));
      renameSync(`${path}.new`, path);
      current = rules;
    },
  };
}

function read(path: string): OrderRules {
  if (!existsSync(path)) return defaultRules;
  try {
    const parsed = orderRulesSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : defaultRules;
  } catch (error) {
    if (error instanceof SyntaxError) return defaultRules;
    throw error;
  }
}
