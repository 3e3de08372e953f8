import { z } from 'zod';
import { runStops } from '../../../contract/catalog';
import { catalogRulesSchema } from '../../../contract/catalogRules';
import { deskPlacesSchema, openCatalogDesk } from './desk';

/*
 * A desk in a process of its own, which updates all products at once, or the one that is named, and pauses or cancels that
 * when it is told to: to be killed in the middle of it.
 */

const desk = openCatalogDesk(deskPlacesSchema.parse(JSON.parse(process.argv[2] ?? '')), {
  rules: () => catalogRulesSchema.parse({ guard: { toZeroPercent: null, priceMovePercent: null } }),
  openOrders: { units: async () => new Map() },
  journal: { record: async () => undefined },
  now: Date.now,
});
await desk.start();
const sku = process.argv[3];
if (sku !== undefined) {
  const scope = { warehouse: 'Depósito Avellaneda', companies: [] };
  const { signal } = new AbortController();
  const sides = await desk.oneProduct.look(sku, scope, signal);
  const shown = sides.ok ? sides.value.comparison.change : null;
  if (shown === null) throw new Error('nothing to change');
  await desk.oneProduct.update({ sku, scope, part: 'both', shown }, signal);
} else if (desk.updates.current() === null)
  await desk.updates.begin(
    { warehouse: 'Depósito Avellaneda', companies: [], part: 'both', reading: 'auto' },
    { applyAtOnce: true, trigger: 'person' },
  );
process.on('message', (message) => {
  const run = desk.updates.current();
  if (run !== null) void desk.updates[z.enum(runStops).parse(message)](run.id);
});
