import { type Answer, calls } from '../../contract/calls';
import { type CallName, callNames } from '../../contract/names';
import { failed, problem } from '../../contract/problem';
import type { Handlers } from './handlers';

const names: ReadonlySet<string> = new Set(callNames);
const isCallName = (name: unknown): name is CallName => typeof name === 'string' && names.has(name);

/**
 * Answers one call of a window: checks name and input, runs the handler, checks what it gives back. Errors
 * go back as data; what nobody expected goes to `report` and back as `app.unexpected`.
 */
export async function answer(
  handlers: Handlers,
  report: (error: unknown, call: string) => void,
  name: unknown,
  input: unknown,
): Promise<Answer<unknown>> {
  if (!isCallName(name)) return failed(problem('app.invalidCall', { name: String(name).slice(0, 80) }));
  return run(handlers, report, name, input);
}

async function run<Name extends CallName>(
  handlers: Handlers,
  report: (error: unknown, call: string) => void,
  name: Name,
  input: unknown,
): Promise<Answer<unknown>> {
  const parsed = calls[name].input.safeParse(input);
  if (!parsed.success) return failed(problem('app.invalidCall', { name }, { detail: parsed.error.message }));
  try {
    // The input was parsed by this very call's schema; TypeScript cannot tie the two through the index.
    const result = await handlers[name](parsed.data as Parameters<Handlers[Name]>[0]);
    if (!result.ok) return result;
    return { ok: true, value: calls[name].output.parse(result.value) };
  } catch (error) {
    report(error, name);
    return failed(problem('app.unexpected', { name }));
  }
}
