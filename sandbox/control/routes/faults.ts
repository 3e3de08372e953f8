import { z } from 'zod';
import { parseFault } from '../../http/fault';
import { json } from '../../http/message';
import { addPreset, presetChoiceSchema, presets } from '../../http/presets';
import { done, problem, type Routes } from '../route';

const presetSchema = presetChoiceSchema.extend({ name: z.string() });

export const faultRoutes: Routes = {
  'GET /faults': ({ sandbox }) => json(200, { faults: sandbox.faults.report() }),
  'POST /faults': ({ sandbox, body }) => {
    const { id } = sandbox.faults.add(parseFault(body));
    return json(201, { id, faults: sandbox.faults.report() });
  },
  'DELETE /faults': ({ sandbox }) => {
    sandbox.faults.clear();
    return done;
  },
  'DELETE /faults/:id': ({ sandbox, params }) =>
    sandbox.faults.remove(params['id'] ?? '')
      ? done
      : problem(404, 'unknown_fault', `There is no rule ${params['id']}.`),
  'GET /faults/presets': () =>
    json(200, {
      presets: Object.entries(presets).map(([name, { target, scope, times, ms }]) => ({
        name,
        target,
        scope: scope ?? null,
        times,
        ms: ms ?? null,
      })),
    }),
  'POST /faults/presets': ({ sandbox, body }) => {
    const { name, ...choice } = presetSchema.parse(body);
    const added = addPreset(sandbox.faults, name, choice);
    if (added === null) return problem(404, 'unknown_preset', `There is no preset "${name}".`, 'name');
    return json(201, { id: added.id, faults: sandbox.faults.report() });
  },
};
