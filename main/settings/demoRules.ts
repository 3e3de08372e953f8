import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { type CatalogRules, catalogRulesSchema } from '../../contract/catalogRules';
import { type OrderRules, orderRulesSchema } from '../../contract/rules';

/** Rules of the sample data, kept in its folder and put away with it. */
interface DemoRules<Rules> {
  get(): Rules;
  save(rules: Rules): void;
}

export const openDemoRules = (folder: string): DemoRules<OrderRules> =>
  open(join(folder, 'rules.json'), orderRulesSchema);

export const openDemoCatalogRules = (folder: string): DemoRules<CatalogRules> =>
  open(join(folder, 'catalogRules.json'), catalogRulesSchema);

/** What cannot be read starts afresh, with the default rules. */
function open<Rules>(path: string, schema: z.ZodType<Rules>): DemoRules<Rules> {
  let current = read(path, schema);
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

function read<Rules>(path: string, schema: z.ZodType<Rules>): Rules {
  if (!existsSync(path)) return schema.parse({});
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : schema.parse({});
  } catch (error) {
    if (error instanceof SyntaxError) return schema.parse({});
    throw error;
  }
}
