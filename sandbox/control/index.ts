import type { Reply, Request } from '../http/message';
import { type RunningServer, startServer } from '../http/server';
import type { SandboxParts } from '../sandbox';
import { refuseStrangers } from './guard';
import { answerBy, problem, type Routes } from './route';
import { faultRoutes } from './routes/faults';
import { mailboxRoutes } from './routes/mailbox';
import { orgRoutes } from './routes/org';
import { stateRoutes } from './routes/state';
import { storeRoutes } from './routes/store';

/**
 * The trainer's door: a small JSON API on a port of its own that changes the weather in the sandbox and
 * looks into it. Everything it does is a method of the sandbox object as well.
 */
export function startControl(sandbox: SandboxParts, port: number): Promise<RunningServer> {
  return startServer({
    port,
    handler: (request) => answer(sandbox, request),
    maxBody: 20 * 1024 * 1024,
    tooLarge: problem(413, 'too_large', 'The body is larger than 20 MiB.'),
  });
}

const routes: Routes = { ...stateRoutes, ...faultRoutes, ...orgRoutes, ...storeRoutes, ...mailboxRoutes };

async function answer(sandbox: SandboxParts, request: Request): Promise<Reply> {
  const refused = refuseStrangers(request);
  if (refused !== null) return refused;
  const reply = await answerBy(routes, sandbox, request);
  return reply ?? problem(404, 'not_found', `There is no ${request.method} ${request.path}.`);
}
