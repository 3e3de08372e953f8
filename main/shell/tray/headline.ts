import { isPaused } from '../../../contract/settings';
import type { Link, Status } from '../../../contract/status';
import type { Translate } from '../../engine/ports';

/** How the icon looks. */
export type TrayLook = 'ok' | 'working' | 'waiting' | 'trouble' | 'offline';

export interface Headline {
  look: TrayLook;
  /** Orders that need a person. */
  count: number;
  sentence: string;
}

/** What matters most, in one look and one sentence: what needs a person comes before what passes by itself. */
export function headline(status: Status, t: Translate, now: number): Headline {
  const { failed: count } = status.counts;
  const say = (look: TrayLook, key: string, params: Record<string, string | number> = {}): Headline => ({
    look,
    count,
    sentence: t(`alerts.tray.state.${key}`, params),
  });
  if (status.mode === 'unset') return say('waiting', 'unset');
  if (count > 0) return say('trouble', 'failed', { count });
  const down = downLink(status);
  if (down !== null) {
    const { problem, side } = down;
    const title = t(`problem.${problem.code}.title`, problem.params);
    if (problem.class === 'transient')
      return say('offline', 'offline', { side: t(`alerts.tray.side.${side}`) });
    return say(problem.class === 'quota' ? 'waiting' : 'trouble', 'problem', { title });
  }
  if (status.org.state === 'off') return say('waiting', 'setUp');
  if (status.schedule === 'trouble') return say('trouble', 'schedule');
  if (status.schedule === 'plan') return say('waiting', 'plan');
  const { pending, sending, retrying, unknown } = status.counts;
  const waiting = pending + sending + retrying + unknown;
  if (!status.automatic.on || isPaused(status.automatic, now))
    return waiting === 0 ? say('waiting', 'paused') : say('waiting', 'pausedWaiting', { count: waiting });
  if (status.org.state === 'connecting') return say('waiting', 'connecting');
  return waiting > 0 ? say('working', 'working', { count: waiting }) : say('ok', 'ok');
}

type Down = Extract<Link, { state: 'down' }> & { side: 'store' | 'org' };

/** The side that is down; of two, the one that a person must mend, then the org. */
function downLink({ store, org }: Status): Down | null {
  const down: Down[] = [];
  if (org.state === 'down') down.push({ ...org, side: 'org' });
  if (store.state === 'down') down.push({ ...store, side: 'store' });
  return (
    down.find(({ problem }) => problem.class === 'signIn' || problem.class === 'setup') ?? down[0] ?? null
  );
}
