import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Translate } from '../engine/ports';

/** The program's menu, and with it its keys: without a tray, quitting is here. */
export function setAppMenu(t: Translate, quit: () => void): void {
  const role = (name: string, of: NonNullable<MenuItemConstructorOptions['role']>) => ({
    label: t(`alerts.menu.${name}`),
    role: of,
  });
  const separator = { type: 'separator' } as const;
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: t('alerts.menu.file'),
        submenu: [
          { ...role('closeWindow', 'close'), accelerator: 'CmdOrCtrl+W' },
          separator,
          { label: t('alerts.tray.quit'), accelerator: 'CmdOrCtrl+Q', click: quit },
        ],
      },
      {
        label: t('alerts.menu.edit'),
        submenu: [
          role('undo', 'undo'),
          role('redo', 'redo'),
          separator,
          role('cut', 'cut'),
          role('copy', 'copy'),
          role('paste', 'paste'),
          role('selectAll', 'selectAll'),
        ],
      },
      {
        label: t('alerts.menu.view'),
        submenu: [
          role('resetZoom', 'resetZoom'),
          role('zoomIn', 'zoomIn'),
          role('zoomOut', 'zoomOut'),
          separator,
          role('fullScreen', 'togglefullscreen'),
        ],
      },
    ]),
  );
}
