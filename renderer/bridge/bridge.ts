import type { Answer, Bridge, CallInput, CallOutput, EventPayload } from '../../contract/calls';
import type { CallName, EventName } from '../../contract/names';
import { problem } from '../../contract/problem';

declare global {
  interface Window {
    puente: Bridge;
  }
}

/** Calls main. Never rejects: whatever goes wrong comes back as a problem. */
export async function call<Name extends CallName>(
  name: Name,
  ...input: undefined extends CallInput<Name> ? [] : [CallInput<Name>]
): Promise<Answer<CallOutput<Name>>> {
  try {
    return await window.puente.call(name, input[0] as CallInput<Name>);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: problem('app.unexpected', { name }, { detail }) };
  }
}

/** Listens to main; the returned function ends it. */
export function listen<Name extends EventName>(
  name: Name,
  listener: (payload: EventPayload<Name>) => void,
): () => void {
  return window.puente.on(name, listener);
}
