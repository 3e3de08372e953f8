import { isPaused } from '../../../contract/settings';
import type { Status } from '../../../contract/status';
import type { Translate } from '../../engine/ports';
import { headline } from './headline';

export type TrayAction =
  | { do: 'openOrder'; id: number }
  | { do: 'openFailed' }
  | { do: 'openCatalog' }
  | { do: 'open' }
  | { do: 'sendNow' }
  | { do: 'setAutomatic'; on: boolean }
  | { do: 'quit' };

/** A line of the menu; one without an action is only read. */
export type TrayItem = 'separator' | { label: string; action: TrayAction | null };

export interface FailedLine {
  id: number;
  number: string;
  buyerName: string;
}

/** So many failed orders stand in the menu by name. */
export const mostFailedLines = 5;
const longestLabel = 60;

/**
 * The tray's menu. Everything is in it, the state as well: on Linux a click on the icon opens the menu and
 * does nothing else.
 */
export function trayMenu(
  status: Status,
  failed: readonly FailedLine[],
  t: Translate,
  now: number,
): TrayItem[] {
  const { schedule } = status;
  const count = status.counts.failed;
  const goesByItself = status.automatic.on && !isPaused(status.automatic, now);
  const working = status.mode !== 'unset' && status.org.state !== 'off';
  const item = (label: string, action: TrayAction | null): TrayItem => ({ label: shorten(label), action });
  return [
    item(headline(status, t, now).sentence, null),
    'separator',
    ...failed
      .slice(0, mostFailedLines)
      .map((order) => item(lineOf(order, t), { do: 'openOrder', id: order.id })),
    ...(count > failed.length || count > mostFailedLines
      ? [item(t('alerts.tray.allFailed', { count }), { do: 'openFailed' })]
      : []),
    ...(schedule === 'well' ? [] : [item(t(`alerts.tray.schedule.${schedule}`), { do: 'openCatalog' })]),
    ...(count > 0 || schedule !== 'well' ? (['separator'] as const) : []),
    item(t('alerts.tray.open'), { do: 'open' }),
    ...(working
      ? [
          item(t('alerts.tray.sendNow'), { do: 'sendNow' }),
          item(t(goesByItself ? 'alerts.tray.pause' : 'alerts.tray.resume'), {
            do: 'setAutomatic',
            on: !goesByItself,
          }),
        ]
      : []),
    'separator',
    item(t('alerts.tray.quit'), { do: 'quit' }),
  ];
}

function lineOf({ number, buyerName }: FailedLine, t: Translate): string {
  const name = number === '?' ? t('alerts.order.noNumber') : t('alerts.order.number', { number });
  return buyerName === '' ? name : `${name} · ${buyerName}`;
}

/** An ampersand would underline the letter after it. */
function shorten(label: string): string {
  const short = label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
  return short.replace(/&/g, '&&');
}
