import { join } from 'node:path';
import { BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { EventPayload } from '../../contract/calls';
import type { EventName } from '../../contract/names';
import { enclosed } from './enclosed';
import { isOwnAddress, origin } from './origin';

export interface MainWindow {
  show(): void;
  send<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
  /** Whether a call comes from the main frame of this window, at our own address. */
  isSender(event: IpcMainInvokeEvent): boolean;
  browserWindow: BrowserWindow;
}

export interface WindowLife {
  /** Built, but not shown. */
  hidden: boolean;
  /** Closing the window only hides it: the program goes on, and the window comes back as it was left. */
  staysOpen: () => boolean;
  onHidden: () => void;
}

/** Opens the program's window; `appFolder` holds `out/`. */
export function openWindow(appFolder: string, life: WindowLife): MainWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 640,
    show: false,
    title: 'Puente',
    backgroundColor: '#f4f6f8',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(appFolder, 'out/preload/index.cjs'),
      ...enclosed,
    },
  });
  if (!life.hidden) window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    if (!life.staysOpen()) return;
    event.preventDefault();
    window.hide();
    life.onHidden();
  });
  void window.loadURL(`${origin}/`);

  return {
    browserWindow: window,
    show() {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    send(name, payload) {
      if (!window.isDestroyed()) window.webContents.send(`puente:event:${name}`, payload);
    },
    isSender: (event) =>
      !window.isDestroyed() &&
      event.sender === window.webContents &&
      event.senderFrame === window.webContents.mainFrame &&
      isOwnAddress(event.senderFrame.url),
  };
}
