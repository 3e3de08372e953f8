import { app } from 'electron';
import { z } from 'zod';

const reallyExit = z.custom<(code: number) => never>((value) => typeof value === 'function');

/**
 * Ends the program at once, when all its work has been put away. `app.exit()` would first take the JavaScript
 * environment apart, and Node drains its tasks while it does: a finalizer that comes due in that moment (those of
 * `fetch`) cannot run any more and puts itself back for ever, so that one quit in some fifteen never ended
 * (seen with Electron 25, docs/decisions/0008).
 */
export function endProcess(code = 0): never {
  endHelpers();
  return reallyExit.parse(Reflect.get(process, 'reallyExit')).call(process, code);
}

/** Chromium's helpers end once they notice that the program is gone; one that hangs would stay and keep writing. */
function endHelpers(): void {
  for (const { pid, type } of app.getAppMetrics()) {
    if (type === 'Browser') continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended already, which is what was wanted.
    }
  }
}
