/** Time as the sandbox sees it: the real clock, plus whatever a test or a trainer has added to it. */
export interface SandboxClock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs `task` once, `ms` from now; the answer cancels it. Never keeps the process alive. */
  after(ms: number, task: () => void): () => void;
  /** Moves the clock forward and runs what has become due. */
  advance(ms: number): void;
}

interface Alarm {
  due: number;
  task: () => void;
}

export function createClock(): SandboxClock {
  let shift = 0;
  let timer: NodeJS.Timeout | undefined;
  const alarms = new Set<Alarm>();
  const now = (): number => Date.now() + shift;

  const ring = (): void => {
    clearTimeout(timer);
    const due = [...alarms].filter((alarm) => alarm.due <= now()).sort((a, b) => a.due - b.due);
    for (const alarm of due) {
      if (alarms.delete(alarm)) alarm.task();
    }
    arm();
  };

  const arm = (): void => {
    clearTimeout(timer);
    if (alarms.size === 0) return;
    const next = Math.min(...[...alarms].map((alarm) => alarm.due));
    timer = setTimeout(ring, Math.max(0, next - now()));
    timer.unref();
  };

  return {
    now,
    after(ms, task) {
      const alarm = { due: now() + ms, task };
      alarms.add(alarm);
      arm();
      return () => {
        alarms.delete(alarm);
        arm();
      };
    },
    advance(ms) {
      shift += ms;
      ring();
    },
  };
}
