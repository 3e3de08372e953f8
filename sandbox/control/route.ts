import { z } from 'zod';
import { json, parseJson, type Reply, type Request } from '../http/message';
import type { SandboxParts } from '../sandbox';

export interface RouteCall {
  sandbox: SandboxParts;
  /** The body as JSON; an empty one is `{}`. */
  body: unknown;
  /** The parts of the path that stand for something, by name. */
  params: Readonly<Record<string, string>>;
}

export type Route = (call: RouteCall) => Reply | Promise<Reply>;
/** Routes by method and path, e.g. `DELETE /faults/:id`. */
export type Routes = Readonly<Record<string, Route>>;

export const done: Reply = { status: 204 };

/** An error as the control server tells it: `code` for programs, `message` for people. */
export function problem(status: number, code: string, message: string, field?: string): Reply {
  return json(status, { error: field === undefined ? { code, message } : { code, message, field } });
}

/** Answers a request by the route that is meant; null when there is none at this address. */
export async function answerBy(
  routes: Routes,
  sandbox: SandboxParts,
  request: Request,
): Promise<Reply | null> {
  const found = find(routes, request);
  if (found === null) return null;
  const body = request.body.trim() === '' ? {} : parseJson(request.body);
  if (body === undefined) return problem(400, 'invalid_json', 'The body is not JSON.');
  try {
    return await found.route({ sandbox, body, params: found.params });
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0];
    const message = issue?.message ?? 'The body is not as expected.';
    return problem(422, 'invalid_body', message, issue?.path.join('.'));
  }
}

function find(routes: Routes, request: Request): { route: Route; params: Record<string, string> } | null {
  const parts = request.path.split('/');
  for (const [address, route] of Object.entries(routes)) {
    const [method, path = ''] = address.split(' ');
    if (method !== request.method) continue;
    const params = match(path.split('/'), parts);
    if (params !== null) return { route, params };
  }
  return null;
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (wanted.startsWith(':')) params[wanted.slice(1)] = part;
    else if (wanted !== part) return null;
  }
  return params;
}
