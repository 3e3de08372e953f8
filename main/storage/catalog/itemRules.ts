import { z } from 'zod';
import { type ItemRule, itemRuleSchema } from '../../../contract/catalogRules';
import { json } from '../rows';
import type { CatalogDatabase } from './database';
import type { Turns } from './turns';

const ruleText = json(itemRuleSchema);
const row = z.object({ rule: z.string() });

export const readItemRule = (text: string | null): ItemRule | null =>
  text === null ? null : ruleText.parse(text);

/** Rules of single products. A change has the product thought over. */
export function createItemRules(catalog: CatalogDatabase, inTurn: Turns) {
  const { db } = catalog;
  const get = db.prepare('SELECT rule FROM item_rules WHERE sku = ?');
  const put = db.prepare('INSERT OR REPLACE INTO item_rules VALUES (?, ?)');
  const drop = db.prepare('DELETE FROM item_rules WHERE sku = ?');
  const touch = db.prepare('INSERT OR IGNORE INTO touched_skus VALUES (?)');

  return {
    get(sku: string): ItemRule | null {
      const found = get.get(sku);
      return found === undefined ? null : readItemRule(row.parse(found).rule);
    },
    /** Not while its product is being thought over, or the old rule would have the last word. */
    set: (sku: string, rule: ItemRule | null): Promise<void> =>
      inTurn(async () => {
        catalog.step(() => {
          if (rule === null) drop.run(sku);
          else put.run(sku, JSON.stringify(rule));
          touch.run(sku);
        });
      }),
  };
}
