import { app } from 'electron';
import type { Destination } from '../../contract/mail';
import type { Status } from '../../contract/status';
import type { Notice } from '../engine/alerts/noticeRules';
import type { Translate } from '../engine/ports';
import { setAppMenu } from './appMenu';
import { noticeText } from './noticeText';
import { createToasts } from './notifications';
import type { FailedLine, TrayAction } from './tray/menu';
import { createTray } from './tray/tray';
import { type MainWindow, openWindow } from './window';

export interface DesktopDeps {
  appFolder: string;
  /** Begin without the window, as at the start of the computer. */
  hidden: boolean;
  t: () => Translate;
  status: () => Status;
  failed: () => FailedLine[];
  act: (action: Extract<TrayAction, { do: 'sendNow' | 'setAutomatic' }>) => void;
  /** What people have chosen for this computer. */
  choices: () => { notifications: boolean; stayInTray: boolean };
  /** True the first time only: closing the window needs a word then. */
  firstClose: () => boolean;
  onWindowClosed: () => void;
}

export interface Desktop {
  window: MainWindow;
  /** The status has changed: the tray shows it. */
  refresh(): void;
  notify(notice: Notice): void;
  /** The program ends. */
  leave(): void;
}

/** The program on the desktop: its window, and its life without one in the tray. */
export function createDesktop(deps: DesktopDeps): Desktop {
  const toast = createToasts();
  let quitting = false;
  let menuLocale = '';
  app.on('before-quit', () => {
    quitting = true;
  });

  const window = openWindow(deps.appFolder, {
    // Before a mode has been chosen there is nothing that could go on.
    hidden: deps.hidden && deps.status().mode !== 'unset',
    staysOpen: () => !quitting && deps.choices().stayInTray && deps.status().mode !== 'unset',
    onHidden() {
      deps.onWindowClosed();
      if (deps.firstClose()) say('alerts.notice.stays', 'alerts.notice.staysText');
    },
  });
  window.browserWindow.on('closed', deps.onWindowClosed);
  app.on('second-instance', () => window.show());
  app.on('activate', () => window.show());

  function go(to: Destination | null): void {
    window.show();
    if (to !== null) window.send('app.navigate', to);
  }

  function say(title: string, body: string): void {
    toast({ title: deps.t()(title), body: deps.t()(body), onClick: () => window.show() });
  }

  function act(action: TrayAction): void {
    switch (action.do) {
      case 'openOrder':
        go({ screen: 'order', id: action.id });
        break;
      case 'openFailed':
        go({ screen: 'failedOrders' });
        break;
      case 'openCatalog':
        go({ screen: 'catalog' });
        break;
      case 'open':
        window.show();
        break;
      case 'quit':
        app.quit();
        break;
      case 'sendNow':
      case 'setAutomatic':
        deps.act(action);
    }
  }

  const tray = createTray({ ...deps, act });

  function refresh(): void {
    const { locale } = deps.status();
    if (locale !== menuLocale) setAppMenu(deps.t(), () => app.quit());
    menuLocale = locale;
    tray.refresh();
  }

  refresh();
  return {
    window,
    refresh,
    notify(notice) {
      if (!deps.choices().notifications) return;
      const { title, body, to } = noticeText(notice, deps.t());
      toast({ title, body, onClick: () => go(to) });
    },
    leave: tray.remove,
  };
}
