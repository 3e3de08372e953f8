import { useEffect, useRef } from 'react';
import type { EventPayload } from '../../contract/calls';
import type { EventName } from '../../contract/names';
import { listen } from './bridge';

/** Listens to an event of main for as long as the component is there; always calls the latest listener. */
export function useEvent<Name extends EventName>(
  name: Name,
  listener: (payload: EventPayload<Name>) => void,
): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => listen(name, (payload) => latest.current(payload)), [name]);
}
