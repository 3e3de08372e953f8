import type { Reply, Request } from '../http/message';
import { type RunningServer, startServer } from '../http/server';
import type { SandboxParts } from '../sandbox';
import { refuseStrangers } from './guard';
import { answerPage } from './pages';
import { answerBy, problem, type Routes } from './route';
import { faultRoutes } from './routes/faults';
import { mailboxRoutes } from './routes/mailbox';
import { orgRoutes } from './routes/org';
import { stateRoutes } from './routes/state';
import { storeRoutes } from './routes/store';

/**
 * The trainer's door: a small JSON API on a port of its own that changes the weather in the sandbox and
 * looks into it, and pages for people who would rather click. Everything it does is a method of the sandbox
 * object as well.
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

/** What every answer says about itself, so that no other page can use it and nothing old is shown. */
const headers = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

async function answer(sandbox: SandboxParts, request: Request): Promise<Reply> {
  const reply =
    refuseStrangers(request) ??
    answerPage(sandbox, request) ??
    (await answerBy(routes, sandbox, request)) ??
    problem(404, 'not_found', `There is no ${request.method} ${request.path}.`);
  return { ...reply, headers: { ...headers, ...reply.headers } };
}
