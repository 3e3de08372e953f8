import { z } from 'zod';
import { runStops } from '../../../contract/catalog';
import { catalogRulesSchema } from '../../../contract/catalogRules';
import { deskPlacesSchema, openCatalogDesk } from './desk';

/*
 * A desk in a process of its own, which updates all products at once, and pauses or cancels that when it is told to: to be
 * killed in the middle of it.
 */

const desk = openCatalogDesk(deskPlacesSchema.parse(JSON.parse(process.argv[2] ?? '')), {
  rules: () => catalogRulesSchema.parse({ guard: { toZeroPercent: null, priceMovePercent: null } }),
  openOrders: { units: async () => new Map() },
  journal: { record: async () => undefined },
  now: Date.now,
});
await desk.start();
if (desk.updates.current() === null)
  await desk.updates.begin(
    { warehouse: 'Depósito Avellaneda', companies: [], part: 'both', reading: 'auto' },
    { applyAtOnce: true, trigger: 'person' },
  );
process.on('message', (message) => {
  const run = desk.updates.current();
  if (run !== null) void desk.updates[z.enum(runStops).parse(message)](run.id);
});
