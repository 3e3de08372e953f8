import { app, Menu, type NativeImage, nativeImage, Tray } from 'electron';
import { isPaused } from '../../../contract/settings';
import type { Status } from '../../../contract/status';
import type { Translate } from '../../engine/ports';
import { drawIcon } from './draw';
import { type Headline, headline } from './headline';
import { type FailedLine, type TrayAction, type TrayItem, trayMenu } from './menu';

export interface TrayDeps {
  t: () => Translate;
  status: () => Status;
  /** The newest failed orders, for the menu. */
  failed: () => FailedLine[];
  act: (action: TrayAction) => void;
}

/** What a timer of JavaScript can count to. */
const longestTimerMs = 2 ** 31 - 1;
const isMac = process.platform === 'darwin';
/** The size that the platform's own icons have, in points. */
const size = process.platform === 'win32' ? 16 : isMac ? 18 : 22;

/** The icon beside the clock. */
export interface TrayIcon {
  /** Draws what has changed, and only that. */
  refresh(): void;
  /** Takes the icon away: Windows shows it until the mouse passes over it otherwise. */
  remove(): void;
}

export function createTray(deps: TrayDeps): TrayIcon {
  let tray: Tray | null = null;
  let shownIcon = '';
  let shownMenu = '';
  let endOfPause: NodeJS.Timeout | undefined;

  function refresh(): void {
    const status = deps.status();
    const now = Date.now();
    const line = headline(status, deps.t(), now);
    const items = trayMenu(status, line.count === 0 ? [] : deps.failed(), deps.t(), now);
    showIcon(line);
    clearTimeout(endOfPause);
    const { pausedUntil } = status.automatic;
    if (pausedUntil !== null && isPaused(status.automatic, now))
      endOfPause = setTimeout(refresh, Math.min(pausedUntil - now, longestTimerMs));
    const described = JSON.stringify(items);
    if (described === shownMenu) return;
    shownMenu = described;
    // On Linux a menu only changes when it is set again.
    tray?.setContextMenu(build(items, deps.act));
  }

  function showIcon(line: Headline): void {
    const described = JSON.stringify(line);
    if (described === shownIcon) return;
    shownIcon = described;
    if (tray === null) {
      tray = new Tray(imageOf(line));
      tray.on('click', () => !isMac && deps.act({ do: 'open' }));
    } else tray.setImage(imageOf(line));
    tray.setToolTip(`Puente: ${line.sentence}`);
    if (isMac) tray.setTitle(line.count > 0 ? String(line.count) : '');
    // The number on the dock's icon, or on the launcher's where the desktop has one.
    app.setBadgeCount(line.count);
  }

  refresh();
  return {
    refresh,
    remove() {
      clearTimeout(endOfPause);
      tray?.destroy();
      tray = null;
    },
  };
}

function imageOf({ look, count }: Headline): NativeImage {
  const image = nativeImage.createEmpty();
  for (const scaleFactor of [1, 1.5, 2, 3]) {
    const pixels = Math.round(size * scaleFactor);
    image.addRepresentation({ scaleFactor, buffer: drawIcon(look, count, pixels, isMac) });
  }
  image.setTemplateImage(isMac);
  return image;
}

function build(items: readonly TrayItem[], act: (action: TrayAction) => void): Menu {
  return Menu.buildFromTemplate(
    items.map((item) => {
      if (item === 'separator') return { type: 'separator' };
      const { label, action } = item;
      return action === null ? { label, enabled: false } : { label, click: () => act(action) };
    }),
  );
}
